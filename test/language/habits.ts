/** A way of writing that reads as translated. What to write in its stead is the failure's advice. */
export interface Habit {
  readonly name: string
  readonly pattern: RegExp
  readonly advice: string
  /** Uses that are the field's own; each is named beside it. */
  readonly except?: RegExp
}

/** CONTRIBUTING.md, "How we write". */
export const HABITS: readonly Habit[] = [
  {
    name: 'a sentence or clause that begins with a headless who, whom or whose',
    pattern: /(?:^|[.;] )(?:who|whom|whose)\b|\b(?:by|to|from|for|and|but|because|that|than) (?:who|whom)\b/i,
    advice: 'name them: callers that …, the client that …',
    // The handshake's two questions: who connects, and as whom.
    except: /who (?:speaks|the client is|may)\b/i,
  },
  {
    name: 'nobody, somebody, everybody, anybody',
    pattern: /\b(?:nobody|somebody|everybody|anybody)\b/i,
    advice: 'no client, a caller, all of them, no one',
  },
  {
    name: 'is no X, is none',
    pattern:
      /(?<!\bthere )\b(?:is|are|was|were) (?:no (?!longer\b|more\b|one\b|worse\b|better\b|further\b|larger\b)|none\b)/i,
    advice: 'is not a …',
  },
  {
    name: 'gives for returns',
    pattern: /\bgives\b/i,
    advice: 'returns',
    // A call is given up, one rule gives way to another.
    except: /\bgives (?:up|way)\b/i,
  },
  { name: 'of the moment, of today', pattern: /\bof (?:the moment|today)\b/i, advice: 'current' },
  {
    name: 'a for per',
    pattern:
      /\b(?:requests|messages|lines|bytes|characters|pushes|connections|timer|method|listener|stub|µs|ms|KiB|MiB) an? (?:second|minute|hour|command|message|connection|call|request|session|file|client|property|type)\b(?! (?:is|has|can|may|was))/i,
    advice: 'per',
  },
  { name: 'anew, seldom, afresh', pattern: /\b(?:anew|seldom|afresh)\b/i, advice: 'again, rarely' },
]
