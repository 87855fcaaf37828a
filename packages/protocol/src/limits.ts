/**
 * Longest `seqno`, in UTF-16 code units. 64 holds a UUID with a prefix, and bounds what a server keeps a request; a longer
 * one is answered with 400.
 * PROTOCOL.md §Limits.
 */
export const MAX_SEQNO_CHARS = 64

/**
 * Longest `cmd`, in UTF-16 code units. 128 holds four dotted words, and bounds what an error message
 * repeats; a longer one is answered with 400.
 */
export const MAX_CMD_CHARS = 128

/** Longest `client` of a `$hello`, in characters. 64 holds a library's name and version, kept with the session; 400 beyond. */
export const MAX_CLIENT_CHARS = 64

/**
 * Deepest nesting of `data`, in objects and arrays. 64 is twice what real contracts use and far below what overflows
 * the stack of a recursive check; deeper data is answered with 400.
 */
export const MAX_DEPTH = 64

/**
 * Objects and arrays that a JSON message may hold. 65,536 are a mebibyte of records; two characters make an empty one, and a
 * parser takes twenty times as long for those as for text. More are answered with 400.
 */
export const MAX_CONTAINERS = 65_536

/**
 * Properties, with their values, that a JSON message may hold in objects of more than 64. 16,384 are a large map by id; a parser
 * takes ten times as long for keys that it has not met before. More are answered with 400.
 */
export const MAX_LARGE_OBJECT_PROPERTIES = 16_384

/**
 * Largest message that a server reads, in bytes. 1 MiB is a thousand times the usual request; larger things belong in
 * an upload. A larger message is answered with 413.
 */
export const MAX_MESSAGE_BYTES = 1_048_576

/**
 * A message larger than this multiple of `maxMessageBytes` is not even received: the connection closes with 1009.
 * Between the two there is room to answer an honest mistake with 413 and keep the connection's other calls.
 */
export const HARD_MESSAGE_FACTOR = 4

/** Most schema issues that one 400 lists. 20 is a screenful; the rest is only counted. */
export const MAX_ISSUES = 20

/**
 * What the check of one request's data may cost a server, in steps of some 5 ns; the search for a pattern counts as what it can
 * cost at worst. 4,000,000 are 20 ms and far above honest data; beyond them it is answered with 400.
 */
export const MAX_CHECK_STEPS = 4_000_000

/**
 * What the search for what does not match a schema may cost a server, in values looked at. 10,000 are some 5 ms; of data that would
 * cost more a 400 says what was found until then.
 */
export const MAX_SEARCH_STEPS = 10_000

/**
 * Values that a server fills into one request for properties that have a `default`. 10,000 are ten times what a full page of records
 * lacks; one more is answered with 400.
 */
export const MAX_DEFAULTS = 10_000

/** Unreadable messages that a server forgives a connection. 10 are a bug, more are garbage: it closes with 4400. */
export const MAX_BAD_MESSAGES = 10

/** Bytes of a malformed or oversized message in which `cmd` and `seqno` are looked for. 1 KiB holds both; the rest is not read. */
export const PEEK_BYTES = 1_024

/**
 * Requests a session may have in flight, in requests; one that timed out or was cancelled keeps its place until its handler has
 * ended. 1,000 is far above a page's need; one more gets 429.
 */
export const MAX_IN_FLIGHT = 1_000

/**
 * Requests per second of a session, on average and at once, each counting what its command's `rateLimit` says. 10,000 is a
 * hundred times a busy page's, and a fraction of what one core answers; one more gets 429.
 */
export const MAX_REQUESTS_PER_SECOND = 10_000

/**
 * Messages over its rate that a session is still answered within a second. 100 tell any client when to come back; beyond them its
 * messages are left unread for a second, where the transport can.
 */
export const MAX_REFUSALS_PER_SECOND = 100

/**
 * Messages over its rate within a second that close a session with 4429 where the transport cannot leave them unread, as on
 * uWebSockets. 2,000 are two times what a client may have in flight by default: one that heeds `retryAfterMs` stays below.
 */
export const MAX_UNSTOPPABLE_REFUSALS = 2_000

/**
 * Requests in a row whose credentials may fail in a session. 5 forgive a stale token and a slow identity service; one more closes with
 * 4401, because each attempt costs the server a look at its users.
 */
export const MAX_AUTH_REFUSALS = 5

/**
 * Connections of one server. At 100,000 idle ones hold a gigabyte: a server that takes more than it can hold fails
 * every client. One more is refused with 503.
 */
export const MAX_CONNECTIONS = 100_000

/**
 * Connections from one IP address. Same as `MAX_CONNECTIONS`, because behind a proxy all clients share its address: lower it where clients
 * connect by themselves. One more is refused with 503.
 */
export const MAX_CONNECTIONS_PER_ADDRESS = 100_000

/** Retry delay sent with 429 and 503, in ms. A second, when the server cannot know better. */
export const RETRY_AFTER_MS = 1_000

/**
 * Time an upgrade may take, in ms: its request, and the server's verdict. A client waits no longer for its connection; 408 or
 * 503 beyond.
 */
export const HANDSHAKE_TIMEOUT_MS = 10_000

/**
 * Time a session has until the server's `authenticate` accepts it, in ms. As long as a client waits for its connection; beyond
 * it the connection closes with 4401, because unauthenticated connections cost memory and do nothing.
 */
export const AUTH_TIMEOUT_MS = 10_000

/** Rooms a session may be in. 1,000 bounds what leaving them all costs when a connection closes; `join` throws beyond. */
export const MAX_ROOMS = 1_000

/**
 * Bytes that may wait for one reader before its connection closes with 4429, not counting what the message that leaves and the
 * newest one are larger than `PAUSE_BYTES`: an answer of any size arrives. 8 MiB is some seconds of a busy push stream; without a bound one stalled tab holds the server's memory.
 */
export const MAX_BUFFERED_BYTES = 8_388_608

/**
 * Bytes that a connection is handed before its reader takes some; while as many wait its own messages are not read. 64 KiB is
 * more than a connection in good health ever has waiting; a peer that does not take the answers asks for no more.
 */
export const PAUSE_BYTES = 65_536

/** Silence after which a server drops a connection, in ms. The Go server's 30 s; it closes with 4408. PROTOCOL.md §Heartbeat. */
export const HEARTBEAT_TIMEOUT_MS = 30_000

/** Silence after which a client sends a heartbeat, in ms. A third of the server's limit: two may be lost. */
export const HEARTBEAT_INTERVAL_MS = 10_000

/**
 * Time a client's call may take, in ms, when neither call nor contract says. Longer than a person waits; it rejects with
 * `timeout`.
 */
export const CALL_TIMEOUT_MS = 10_000

/** Time a handler may take, in ms, when its command says nothing. Beyond it the request is answered with 408. */
export const HANDLER_TIMEOUT_MS = 30_000

/** Pushes an async iterator holds for a consumer that is busy. Beyond it the oldest is dropped and counted. */
export const MAX_QUEUED_PUSHES = 1_000

/** Calls that wait in a client for a connection. Beyond it a call fails at once with `queue_full`. */
export const MAX_QUEUED_CALLS = 1_000

/** Time one attempt to connect may take, in ms. A network that swallows packets never says no; the next attempt follows. */
export const CONNECT_TIMEOUT_MS = 10_000

/** Longest delay before the first attempt to reconnect, in ms. With full jitter half a second on average. */
export const RECONNECT_MIN_DELAY_MS = 1_000

/** Longest delay between attempts to reconnect, in ms. Spreads the clients of a restarted server over half a minute. */
export const RECONNECT_MAX_DELAY_MS = 30_000

/** Time a connection must stay open to count as good, in ms. Sooner lost, it counts as one more failure in a row. */
export const STABLE_CONNECTION_MS = 5_000

/**
 * Time for which a session outlives its connection, in ms. Two minutes is a tunnel, a lift, a laptop carried to another room;
 * beyond it the session ends. PROTOCOL.md §Sessions.
 */
export const RESUME_WINDOW_MS = 120_000

/**
 * Messages that a server keeps for a session until they are acknowledged. 1,024 is four acknowledgements; what is forgotten beyond
 * is told by `$gap`, should it be missed.
 */
export const JOURNAL_MESSAGES = 1_024

/** Bytes of messages that a server keeps for a session until they are acknowledged. 256 KiB bounds what one client can hold. */
export const JOURNAL_BYTES = 262_144

/**
 * Bytes of unacknowledged messages that a server keeps for all sessions, those shared by many counted once. 64 MiB: beyond it the
 * sessions that lost their connection first end.
 */
export const JOURNAL_TOTAL_BYTES = 67_108_864

/** Sessions without a connection that a server keeps. 10,000 idle ones hold some 30 MB; beyond it the one detached first ends. */
export const MAX_DETACHED = 10_000

/** Messages after which a client acknowledges. One frame of 39 bytes per 256 messages costs a server next to nothing. */
export const ACK_EVERY = 256

/** Bytes of messages after which a client acknowledges. 64 KiB is a quarter of what a server keeps. */
export const ACK_BYTES = 65_536

/** Unacknowledged messages from which on a request carries an acknowledgement. At 32 it costs each message half a byte. */
export const ACK_RIDE = 32

/** Longest `sid`, `token` and `holder`, in characters. 64 is more than twice what this server draws; 400 beyond. */
export const MAX_SECRET_CHARS = 64

/**
 * Items that a client takes before it has read any. 64 fill one message; a reader that starves doubles them each time, up to
 * `MAX_STREAM_CREDIT`. PROTOCOL.md §Streams.
 */
export const STREAM_CREDIT = 64

/** Items that a client takes at most before it has read them. 4,096 messages of one item each are four seconds' worth of a thousand items per second. */
export const MAX_STREAM_CREDIT = 4_096

/** Bytes of items that a client takes at most before it has read them, by their average size. 1 MiB is what a busy page holds without noticing. */
export const STREAM_WINDOW_BYTES = 1_048_576

/** Items in one message. 64 make the envelope cost two characters an item; no more, so that a reader need not wait for many values. */
export const STREAM_BATCH_ITEMS = 64

/** Bytes of items after which a message of them leaves. 16 KiB is what a server writes at once; a larger item travels alone. */
export const STREAM_BATCH_BYTES = 16_384

/**
 * Time for which a stream waits for its reader, in ms. Two minutes is as long as a session outlives its connection; beyond it the
 * handler is stopped, because it may hold a database's cursor, and the request answered with 408.
 */
export const STREAM_IDLE_MS = 120_000
