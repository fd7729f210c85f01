/*
 * Runs the vendor's browser client under Node: one JSON request a line in, one JSON answer out.
 *
 * Node lacks what a browser has; what is added here is only that. The client insists on `wss`,
 * which a server on this machine does not speak, so its sockets are opened as `ws`.
 * `{"wait": event}` is answered with the next event of that name that was not taken yet.
 */
const readline = require('readline')
const { XMLHttpRequest } = require('xmlhttprequest')

const report = console.log
console.log = console.info = console.debug = () => {}

const BareWebSocket = globalThis.WebSocket
globalThis.WebSocket = class extends BareWebSocket {
  constructor (url) {
    super(url.replace(/^wss:/, 'ws:'))
  }
}
globalThis.XMLHttpRequest = XMLHttpRequest
globalThis.window = globalThis.self = globalThis
globalThis.location = { protocol: 'http:', href: 'http://localhost/', hostname: 'localhost' }
globalThis.addEventListener = () => {}
globalThis.document = { createElement: () => ({ style: {} }), addEventListener () {} }
for (const name of ['RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate']) {
  globalThis[name] = class {}
}
Object.defineProperty(globalThis, 'navigator', {
  value: {
    userAgent: 'node',
    mediaDevices: { enumerateDevices: async () => [], addEventListener () {} }
  }
})

const kandy = require('@kandy-io/cpaas-sdk')
const create = kandy.create || kandy.default.create
const EVENTS = [
  'conversations:new', 'conversations:change', 'messages:change', 'messages:error',
  'subscription:change', 'subscription:error', 'ws:change'
]
const happened = Object.fromEntries(EVENTS.map(name => [name, []]))
const awaited = Object.fromEntries(EVENTS.map(name => [name, []]))
let client

function note (name, event) {
  const waiting = awaited[name].shift()
  if (waiting) waiting(event)
  else happened[name].push(event)
}

function next (name) {
  if (happened[name].length) return happened[name].shift()
  return new Promise(resolve => awaited[name].push(resolve))
}

async function signIn ({ base_url: base, client_id, client_secret, number, role, ping_ms: pingMs }) {
  const { hostname, port } = new URL(base)
  client = create({
    logs: { logLevel: 'silent' },
    subscription: { expires: 3600 },
    connectivity: { pingInterval: pingMs, method: { type: 'pingPong', responsibleParty: role } },
    authentication: {
      server: { protocol: 'http', base: hostname, port },
      clientCorrelator: 'browser'
    },
    messaging: { smsFrom: number }
  })
  EVENTS.forEach(name => client.on(name, event => note(name, event === undefined ? null : event)))
  const form = { client_id, client_secret, grant_type: 'client_credentials', scope: 'openid' }
  const answer = await fetch(`${base}/cpaas/auth/v1/token`, {
    method: 'POST',
    body: new URLSearchParams(form)
  })
  const tokens = await answer.json()
  client.setTokens({ accessToken: tokens.access_token, idToken: tokens.id_token })
}

/* The client's own event says only that something changed, and once too few. */
async function subscribed () {
  client.services.subscribe(['smsinbound'], 'websocket')
  while (!client.services.getSubscriptions().subscribed.includes('smsinbound')) {
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const talk = person => client.conversation.get([person], { type: 'sms' })

const DOING = {
  sign_in: signIn,
  subscribe: () => subscribed(),
  unsubscribe: () => client.services.unsubscribe(['smsinbound'], 'websocket'),
  send: ({ to, text }) => {
    client.conversation.create([to], { type: 'sms' }).createMessage(text).send()
  },
  messages: ({ to }) => talk(to).getMessages(),
  remove_message: ({ to, message_id: id }) => talk(to).deleteMessages([id]),
  remove_conversation: ({ to }) => talk(to).delete(),
  wait: next
}

async function answerTo (line) {
  const [what, how] = Object.entries(JSON.parse(line))[0]
  const returned = await DOING[what](how)
  report(JSON.stringify({ returned: returned === undefined ? null : returned }))
}

async function main () {
  for await (const line of readline.createInterface({ input: process.stdin })) await answerTo(line)
  process.exit(0)
}

main().catch(problem => {
  console.error(problem)
  process.exit(1)
})
