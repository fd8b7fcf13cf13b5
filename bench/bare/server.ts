import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { flight as untyped, functions, root, touch } from './page.ts'

/**
 * The limit of the protocol on Node: `node:http` and React's Flight server, with no routing, no
 * checks and no HTML. A POST runs a function; `touch` answers with the rendered page as well. A GET
 * is answered with the page alone.
 */
const flight = untyped as unknown as {
  decodeReply(body: string, manifest: object): Promise<never[]>
  renderToPipeableStream(model: unknown, manifest: object): { pipe(to: ServerResponse): void }
}

const clientManifest = {
  'counter#Counter': { id: 'counter', name: 'Counter', chunks: [] },
  'feedback#Feedback': { id: 'feedback', name: 'Feedback', chunks: [] },
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error)
    response.writeHead(500).end()
  })
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return render({ root: root() }, response)
  const run = functions.get(String(request.headers['volley-call']))
  if (!run) return void response.writeHead(404).end()
  const args = await flight.decodeReply(await textOf(request), {})
  const value = await run(...args)
  render(run === touch ? { value, root: root() } : { value }, response)
}

function render(model: object, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/x-component' })
  flight.renderToPipeableStream(model, clientManifest).pipe(response)
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => resolve(text))
    request.on('error', reject)
  })
}

const port = Number(process.argv[2])
server.listen(port, 'localhost', () => console.log(`http://localhost:${port}`))
