/** A call as a line for a shell: `wsrv call chat.send --url ws://… --data '{"room":"lobby"}'`. */
export function cliLine(cmd: string, data: unknown, url: string): string {
  return ['wsrv', 'call', quote(cmd), '--url', quote(url), '--data', quote(JSON.stringify(data))].join(' ')
}

/** Text that a POSIX shell takes as one word and changes nothing in. */
function quote(text: string): string {
  return /^[\w./:@=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
