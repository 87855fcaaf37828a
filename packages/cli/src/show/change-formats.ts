import type { Severity } from '@wsrv/codegen'
import type { ProjectChange } from '@wsrv/codegen/api'
import { VERSION } from '../version.ts'

/** In what form `wsrv diff` prints changes for other programs. */
export const CHANGE_FORMATS: Readonly<Record<ChangeFormat, ChangePrinter>> = {
  markdown: printMarkdown,
  github: printGithub,
  sarif: printSarif,
}

/** The name of a form. */
export type ChangeFormat = 'markdown' | 'github' | 'sarif'

/** @param configFile path of the config, which a change that no line of code shows is annotated at. */
type ChangePrinter = (changes: readonly ProjectChange[], configFile: string) => readonly string[]

/** What happens with a change, in one paragraph. */
function explain({ before, after, suggestion, allowed, against }: ProjectChange): string {
  const since = against === undefined ? '' : ` (since ${against.join(', ')})`
  const rest = allowed === undefined ? suggestion : `Allowed: ${allowed}`
  return [`${before} → ${after}${since}.`, rest].filter((part) => part !== '').join(' ')
}

/** A table, for a comment on a pull request. */
function printMarkdown(changes: readonly ProjectChange[]): readonly string[] {
  if (changes.length === 0) return ['The contract has not changed.']
  const rows = changes.map((change) => {
    const { severity, id, contract, allowed } = change
    const verdict = allowed === undefined ? severity : `${severity}, allowed`
    const cells = [verdict, `\`${id}\`${contract === undefined ? '' : ` (${contract})`}`, explain(change)]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  })
  return ['| verdict | change | what |', '| --- | --- | --- |', ...rows]
}

const GITHUB_LEVELS: Readonly<Record<Severity, string>> = { BREAKING: 'error', REVIEW: 'warning', SAFE: 'notice' }

/** Workflow commands, which GitHub shows as annotations of a run. */
function printGithub(changes: readonly ProjectChange[], configFile: string): readonly string[] {
  return changes.map((change) => {
    const level = change.allowed === undefined ? GITHUB_LEVELS[change.severity] : 'notice'
    const title = escapeProperty(`${change.severity} ${change.id}`)
    return `::${level} file=${escapeProperty(configFile)},title=${title}::${escapeData(explain(change))}`
  })
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const SARIF_LEVELS: Readonly<Record<Severity, string>> = { BREAKING: 'error', REVIEW: 'warning', SAFE: 'note' }

/** SARIF 2.1.0, for code scanning; a change that is allowed is suppressed with its reason. */
function printSarif(changes: readonly ProjectChange[], configFile: string): readonly string[] {
  const rules = Object.entries(SARIF_LEVELS).map(([id, level]) => ({ id, defaultConfiguration: { level } }))
  const results = changes.map((change) => ({
    ruleId: change.severity,
    level: SARIF_LEVELS[change.severity],
    message: { text: explain(change) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: configFile }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: change.id }],
      },
    ],
    partialFingerprints: { 'wsrv/change': [change.contract ?? '', change.id].join(' ') },
    ...(change.allowed !== undefined && { suppressions: [{ kind: 'external', justification: change.allowed }] }),
  }))
  const driver = { name: 'wsrv', version: VERSION, rules }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  }
  return JSON.stringify(log, null, 2).split('\n')
}
