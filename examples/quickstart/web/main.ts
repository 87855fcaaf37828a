import {
  type Commands,
  type Content,
  createClient,
  isCommandError,
  type Message,
  type User,
} from '../generated/client.ts'

const ROOM = 'lobby'
const url = new URL('/ws', location.href)
url.protocol = url.protocol.replace('http', 'ws')

let me: User | undefined
const client = createClient(url, {
  // A new connection is a new session: it registers and joins again before any other call leaves.
  setup: async (commands) => {
    if (me !== undefined) await enter(commands, me.uid)
  },
})

const login = form('login')
const send = form('send')

showState(client.state)
client.onState((state) => {
  showState(state)
  if (state === 'open') attempt(send, showOnline)
})
client.on('have_user_register', showOnline)
client.on('have_user_left', showOnline)
// What came and was lost is not told again: the list is fetched afresh.
for (const name of ['have_user_register', 'have_user_left'] as const)
  client.onGap(name, async ({ snapshot }) => {
    if (me !== undefined) showUsers((await snapshot()).users)
  })
client.on('chat.message', showMessage)

login.addEventListener('submit', async (event) => {
  event.preventDefault()
  const uid = Number(new FormData(login).get('uid'))
  await attempt(login, async () => {
    await enter(client, uid)
    await showOnline()
    byId('chat').hidden = false
    login.hidden = true
  })
})

send.addEventListener('submit', async (event) => {
  event.preventDefault()
  const text = String(new FormData(send).get('text'))
  await attempt(send, async () => {
    await client.chat.send(ROOM, { kind: 'text', text })
    send.reset()
  })
})

async function enter(commands: Commands, uid: number): Promise<void> {
  await commands.register(uid)
  me = await commands.userinfo()
  const { history } = await commands.chat.join(ROOM)
  byId('messages').replaceChildren()
  history.forEach(showMessage)
}

async function attempt(at: HTMLFormElement, action: () => Promise<void>): Promise<void> {
  const problem = at.querySelector('.problem') as HTMLElement
  problem.textContent = ''
  try {
    await action()
  } catch (error) {
    problem.textContent = isCommandError('register', error) ? error.msg : String(error)
  }
}

async function showOnline(): Promise<void> {
  if (me === undefined) return
  const { users } = await client.whoIsOnline()
  showUsers(users)
}

function showUsers(users: readonly User[]): void {
  byId('online').replaceChildren(...users.map(({ uid, name }) => item(uid === me?.uid ? `${name} (you)` : name)))
}

function showMessage({ from, content, quotes }: Message): void {
  const line = item('')
  if (from === me?.uid) line.className = 'mine'
  const head = document.createElement('small')
  head.textContent = quotes === undefined ? `user ${from}` : `user ${from}, answering user ${quotes.from}`
  line.append(head, wordsOf(content))
  byId('messages').append(line)
  line.scrollIntoView()
}

function wordsOf(content: Content): string {
  if (content.kind === 'text') return content.text
  if (content.kind === 'image') return `[image] ${content.alt ?? content.url}`
  return `[poll] ${content.question} ${content.options.join(' / ')}`
}

function showState(state: string): void {
  const badge = byId('state')
  badge.textContent = state
  badge.dataset['state'] = state
}

function item(text: string): HTMLLIElement {
  const line = document.createElement('li')
  line.textContent = text
  return line
}

function byId(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement
}

function form(id: string): HTMLFormElement {
  return byId(id) as HTMLFormElement
}
