import { EXTENSION, HEARTBEAT_INTERVAL_MS, STATUS } from '@wsrv/protocol'

/**
 * Script of the reference page that calls a server: a form behind each command, one connection for the whole page. It says
 * `$hello` first and nothing beside it, and has one call at a time towards a server without extensions. What comes is shown as
 * text, never as HTML. PROTOCOL.md §Extensions.
 */
export const REFERENCE_TRY: string = `
class TryConnection {
  constructor({ url, auth }) {
    this.prefix = crypto.getRandomValues(new Uint32Array(1))[0].toString(36).padStart(7, '0')
    this.calls = new Map()
    this.waiting = []
    this.count = 0
    this.isGreeted = false
    this.isSingle = true
    this.pushed = () => {}
    this.socket = new WebSocket(url)
    this.socket.binaryType = 'arraybuffer'
    this.socket.onopen = () => this.greet(auth)
    this.socket.onmessage = ({ data }) => this.receive(typeof data === 'string' ? data : new TextDecoder().decode(data))
    this.socket.onclose = ({ code, reason }) => this.end('The connection ended: ' + [code, reason].join(' ').trim() + '.')
    this.beat = setInterval(() => this.socket.readyState === 1 && this.socket.send(''), ${HEARTBEAT_INTERVAL_MS})
  }

  get isOver() { return this.socket.readyState > 1 }

  greet(auth) {
    const late = setTimeout(() => this.greeted(true), 5000)
    const data = { client: 'wsrv-reference', ...(auth === undefined ? {} : { auth }) }
    this.write('${EXTENSION.hello}', data, ({ status, msg }) => {
      clearTimeout(late)
      if (status === ${STATUS.ok} || status === ${STATUS.not_implemented}) this.greeted(status !== ${STATUS.ok})
      else this.end('The server refused the connection: ' + status + ' ' + msg + '.')
    })
  }

  greeted(isSingle) {
    this.isGreeted = true
    this.isSingle = isSingle
    this.flush()
  }

  call(cmd, data) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ cmd, data, resolve, reject })
      this.flush()
    })
  }

  flush() {
    while (this.isGreeted && this.waiting.length > 0 && !(this.isSingle && this.calls.size > 0)) {
      const { cmd, data, resolve, reject } = this.waiting.shift()
      const sentAt = performance.now()
      this.write(cmd, data, (answer) => resolve({ ...answer, ms: performance.now() - sentAt }), reject)
    }
  }

  write(cmd, data, resolve, reject = () => {}) {
    const seqno = this.prefix + '-' + String(++this.count).padStart(4, '0')
    this.calls.set(seqno, { cmd, resolve, reject })
    this.socket.send(JSON.stringify({ cmd, seqno, data }))
  }

  receive(text) {
    let message
    try { message = JSON.parse(text) } catch { return }
    if (message === null || typeof message !== 'object') return
    const call = this.calls.get(message.seqno)
    if (call === undefined || call.cmd !== message.cmd) return this.pushed(message)
    this.calls.delete(message.seqno)
    call.resolve(message)
    this.flush()
  }

  end(why) {
    clearInterval(this.beat)
    this.socket.close()
    for (const { reject } of [...this.calls.values(), ...this.waiting]) reject(new Error(why))
    this.calls.clear()
    this.waiting = []
  }
}

const own = location.protocol.replace('http', 'ws') + '//' + location.host + '/ws'
const target = { url: location.protocol.startsWith('http') ? own : 'ws://127.0.0.1:8800/ws', auth: '' }
let connection
const connect = () => {
  if (connection !== undefined && !connection.isOver && connection.to === target.url + ' ' + target.auth) return connection
  connection?.end('Another server was chosen.')
  let auth
  try { auth = target.auth === '' ? undefined : JSON.parse(target.auth) } catch { auth = target.auth }
  connection = new TryConnection({ url: target.url, auth })
  connection.to = target.url + ' ' + target.auth
  return connection
}

const exampleOf = (section) => {
  const code = section.querySelector('.panel[data-tab=Wire] code')
  return JSON.stringify(JSON.parse(code.textContent).data, null, 2)
}
const addField = (form, label, tag, properties) => {
  const box = add(form, 'label', { textContent: label })
  return add(box, tag, { spellcheck: false, autocomplete: 'off', ...properties })
}
const addTry = (box) => {
  const { cmd } = box.dataset
  const form = document.createElement('form')
  const server = addField(form, 'Server', 'input', { type: 'text', value: target.url })
  const auth = addField(form, 'Credentials', 'input', { type: 'text', value: target.auth, placeholder: 'JSON or text, where it asks for them' })
  const text = exampleOf(box.closest('section'))
  const data = addField(form, 'Data', 'textarea', { value: text, rows: text.split('\\n').length + 1 })
  const button = add(form, 'button', { textContent: 'Send' })
  const said = add(form, 'p', { className: 'said' })
  said.setAttribute('role', 'status')
  const answer = add(form, 'pre', { hidden: true })
  const pushes = add(form, 'ul', { className: 'came' })
  const say = (words, isWrong) => {
    said.textContent = words
    said.className = isWrong ? 'said warn' : 'said'
  }
  form.addEventListener('input', () => Object.assign(target, { url: server.value.trim(), auth: auth.value }))
  form.addEventListener('focusin', () => {
    server.value = target.url
    auth.value = target.auth
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    answer.hidden = true
    try {
      const request = JSON.parse(data.value)
      button.disabled = true
      say('…')
      const open = connect()
      open.pushed = (message) => {
        add(pushes, 'li', { textContent: '⇠ ' + message.cmd + ' ' + JSON.stringify(message.data) })
        if (pushes.childElementCount > 20) pushes.firstChild.remove()
      }
      const { status, msg, data: got, ms } = await open.call(cmd, request)
      say(status + ' ' + msg + ', ' + ms.toFixed(1) + ' ms', status !== ${STATUS.ok})
      answer.textContent = JSON.stringify(got, null, 2) ?? ''
      answer.hidden = false
    } catch (error) {
      say(error instanceof SyntaxError ? 'Data is not JSON: ' + error.message : error.message, true)
    } finally {
      button.disabled = false
    }
  })
  box.firstChild.append(form)
}
for (const box of all('.try')) {
  const folded = add(box, 'details', {})
  add(folded, 'summary', { textContent: 'Try it' })
  folded.addEventListener('toggle', () => folded.childElementCount === 1 && addTry(box))
}
addEventListener('pagehide', () => connection?.end('The page was left.'))
`
