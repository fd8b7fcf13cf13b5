import {
  type ClientRequest,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { abandoned, type Handler, type ServerAnswer } from '../server/exchange.ts'
import { isRefusal, Refusal, refusalAnswer } from '../server/refusal.ts'
import { createNodeListener } from './node.ts'

const servers: ReturnType<typeof createServer>[] = []
afterAll(() => servers.forEach((server) => server.close()))

type Options = { method?: string; headers?: Record<string, string>; body?: Buffer | Readable }
type Received = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** Serves a handler and sends it one request. */
async function send(handler: Handler, { body, ...options }: Options = {}): Promise<Received> {
  const listener = createNodeListener(async (incoming) => {
    try {
      return await handler(incoming)
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error)
      throw error
    }
  })
  const server = createServer((incoming, response) => listener(incoming, response))
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, method: 'POST', ...options }, (response) => {
      buffer(response).then(
        (received) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received }),
        reject,
      )
    })
    request.on('error', reject)
    if (body instanceof Readable) body.pipe(request)
    else request.end(body)
  })
}

const text: Handler = async (request) => answer(await request.text(1000))
const answer = (body: ServerAnswer['body'], type = 'text/plain'): ServerAnswer => ({
  status: 200,
  headers: [['content-type', type]],
  body,
})
const stream = (...chunks: string[]): ServerAnswer['body'] => ({
  pipe: (destination) => Readable.from(chunks).pipe(destination),
  abort: () => undefined,
})

test('text split between bytes of a character arrives whole', async () => {
  const bytes = Buffer.from('あ'.repeat(300))
  const body = Readable.from([
    bytes.subarray(0, 100),
    bytes.subarray(100, 101),
    bytes.subarray(101),
  ])
  expect((await send(text, { body })).body.toString()).toBe('あ'.repeat(300))
})

test('exactly the limit is accepted; a byte more is refused, declared or not', async () => {
  expect((await send(text, { body: Buffer.alloc(1000, 'x') })).status).toBe(200)
  const declared = await send(text, { body: Buffer.alloc(1001, 'x') })
  expect([declared.status, declared.body.toString()]).toEqual([413, 'volley: too-large'])
  const chunked = await send(text, { body: Readable.from([Buffer.alloc(900), Buffer.alloc(900)]) })
  expect(chunked.status).toBe(413)
})

test('a client whose large body is refused still gets the answer', async () => {
  const refuse: Handler = () => Promise.reject(new Refusal('stale', 'test'))
  expect((await send(refuse, { body: Buffer.alloc(3_000_000) })).status).toBe(404)
})

const form = (parts: string[]): Options => ({
  headers: { 'content-type': 'multipart/form-data; boundary=b' },
  body: Buffer.from([...parts.map((part) => `--b\r\n${part}\r\n`), '--b--\r\n'].join('')),
})
const field = (name: string, value: string): string =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`

test('a form keeps repeated fields, and files with their names, types and bytes', async () => {
  const file =
    'Content-Disposition: form-data; name="f"; filename="../名.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG'
  const handler: Handler = async (request) => {
    const data = await request.form({ limit: 10_000 })
    const upload = data.get('f') as File
    const { name, type, size } = upload
    return answer(JSON.stringify({ a: data.getAll('a'), name, type, size }))
  }
  const { body } = await send(handler, form([field('a', '1'), field('a', '2'), file]))
  const size = Buffer.byteLength('\x89PNG')
  expect(JSON.parse(body.toString())).toEqual({
    a: ['1', '2'],
    name: '../名.png',
    type: 'image/png',
    size,
  })
})

test('a form that a field makes stale is read no further', async () => {
  const seen: string[] = []
  const handler: Handler = async (request) => {
    const onField = (name: string): void => {
      seen.push(name)
      if (name === 'bad') throw new Refusal('stale', 'test')
    }
    await request.form({ limit: 10_000, onField })
    return answer('read')
  }
  const { status } = await send(handler, form([field('good', '1'), field('bad', '2')]))
  expect([status, seen]).toEqual([404, ['good', 'bad']])
})

test.for([
  ['a form without a boundary', { headers: { 'content-type': 'multipart/form-data' } }],
  ['a form that is cut', { ...form([field('a', '1')]), body: Buffer.from('--b\r\nContent-') }],
  ['too many parts', form(Array.from({ length: 1002 }, (_, i) => field('a', String(i))))],
] as [string, Options][])('%s is refused', async ([, options]) => {
  const handler: Handler = async (request) => {
    await request.form({ limit: 1e6 })
    return answer('read')
  }
  expect((await send(handler, options)).status).toBe(400)
})

const gzip = { 'accept-encoding': 'gzip, br' }

test('a small answer goes out in one piece with its length, and is not compressed', async () => {
  const { headers, body } = await send(async () => answer(stream('small')), { headers: gzip })
  expect([headers['content-length'], headers['content-encoding']]).toEqual(['5', undefined])
  expect(body.toString()).toBe('small')
})

test('a long answer is compressed for a client that takes it', async () => {
  const long = Array.from({ length: 100 }, (_, i) => `${i} `.repeat(100))
  const compressed = await send(async () => answer(stream(...long)), { headers: gzip })
  expect(compressed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(gunzipSync(compressed.body).toString()).toBe(long.join(''))

  const plain = await send(async () => answer(stream(...long)))
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body.toString()).toBe(long.join(''))

  const refused = await send(async () => answer(stream(...long)), {
    headers: { 'accept-encoding': 'gzip;q=0, identity' },
  })
  expect(refused.headers['content-encoding']).toBeUndefined()

  const image = await send(async () => answer(stream(...long), 'image/png'), { headers: gzip })
  expect(image.headers['content-encoding']).toBeUndefined()
})

test('the first part of a slow answer is sent before the rest exists', async () => {
  const source = new PassThrough()
  const handler: Handler = async () =>
    answer({ pipe: (destination) => source.pipe(destination), abort: () => undefined })
  source.write('first')
  const received = send(handler)
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  source.end(' second')
  expect((await received).body.toString()).toBe('first second')
})

test('onFinish runs after the answer, also when its client is gone', async () => {
  const finished = Promise.withResolvers<void>()
  await send(async () => ({ ...answer('x'), onFinish: () => finished.resolve() }))
  await finished.promise
})

test('HEAD has the headers and no body', async () => {
  let aborted = 0
  const body = { pipe: () => undefined, abort: () => void aborted++ }
  const { status, body: received } = await send(async () => answer(body), { method: 'HEAD' })
  expect([status, received.length, aborted]).toEqual([200, 0, 1])
})

/** Sends a request that a test can break off. */
async function open(handler: Handler, method = 'POST'): Promise<ClientRequest> {
  const listener = createNodeListener(handler)
  const server = createServer((incoming, response) => listener(incoming, response))
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const request = httpRequest({ port: (server.address() as AddressInfo).port, method })
  request.on('error', () => undefined)
  request.flushHeaders()
  return request
}

const headOf = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve) => {
    request.on('response', resolve)
  })

test('a client that goes away stops the rendering, without an error', async () => {
  const reason = Promise.withResolvers<unknown>()
  const finished = Promise.withResolvers<void>()
  const source = new PassThrough()
  source.write('first')
  const request = await open(async () => ({
    ...answer({ pipe: (to) => source.pipe(to), abort: reason.resolve }),
    onFinish: finished.resolve,
  }))
  const response = await headOf(request)
  response.on('error', () => undefined)
  request.destroy()
  expect(await reason.promise).toBe(abandoned)
  await finished.promise
  source.end('what is written to nobody is no error')
})

test('an answer for a client that has gone already is not begun, and is finished', async () => {
  const gone = Promise.withResolvers<void>()
  const reason = Promise.withResolvers<unknown>()
  const finished = Promise.withResolvers<void>()
  const request = await open(async (incoming) => {
    incoming.signal().addEventListener('abort', () => gone.resolve())
    request.destroy()
    await gone.promise
    const pipe = (): never => {
      throw new Error('the answer was begun')
    }
    return { ...answer({ pipe, abort: reason.resolve }), onFinish: finished.resolve }
  })
  expect(await reason.promise).toBe(abandoned)
  await finished.promise
})

test('a signal that is asked for too late is aborted', async () => {
  const seen = Promise.withResolvers<boolean>()
  const request = await open(async (incoming) => {
    const { promise: received, reject, resolve } = Promise.withResolvers<string>()
    incoming.text(10).then(resolve, reject)
    request.destroy()
    await received.catch(() => undefined)
    seen.resolve(incoming.signal().aborted)
    return answer(null)
  })
  expect(await seen.promise).toBe(true)
})

test('a body that was broken off before it is read is refused, not waited for', async () => {
  const seen = Promise.withResolvers<unknown>()
  const request = await open(async (incoming) => {
    const gone = new Promise((resolve) => {
      incoming.signal().addEventListener('abort', resolve)
    })
    request.destroy()
    await gone
    seen.resolve(await incoming.text(10).catch((error: unknown) => error))
    return answer(null)
  })
  expect(isRefusal(await seen.promise)).toBe(true)
})

const webStream = (pull: UnderlyingDefaultSource<Uint8Array>['pull'], cancel?: () => void) =>
  new ReadableStream<Uint8Array>({ ...(pull ? { pull } : {}), ...(cancel ? { cancel } : {}) })

test('a stream that fails in the middle breaks the answer off, and is reported', async () => {
  const reported = Promise.withResolvers<unknown>()
  const received = Promise.withResolvers<void>()
  let pulls = 0
  const body = webStream(async (controller) => {
    if (pulls++ === 0) return controller.enqueue(Buffer.from('first'))
    await received.promise
    controller.error(new Error('broken'))
  })
  const request = await open(
    async () => ({ ...answer(body), onBodyError: reported.resolve }),
    'GET',
  )
  const response = await headOf(request)
  received.resolve()
  const failure = await buffer(response).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  expect(await reported.promise).toEqual(new Error('broken'))
})

test('a client that goes away cancels the stream it was sent, without an error', async () => {
  const cancelled = Promise.withResolvers<void>()
  const finished = Promise.withResolvers<void>()
  const reported: unknown[] = []
  const body = webStream((controller) => controller.enqueue(Buffer.alloc(1000)), cancelled.resolve)
  const request = await open(async () => ({
    ...answer(body),
    onBodyError: (error) => reported.push(error),
    onFinish: finished.resolve,
  }))
  const response = await headOf(request)
  response.on('error', () => undefined)
  request.destroy()
  await Promise.all([cancelled.promise, finished.promise])
  expect(reported).toEqual([])
})

test('HEAD cancels a stream that nobody will read', async () => {
  const cancelled = Promise.withResolvers<void>()
  const body = webStream(undefined, cancelled.resolve)
  const { body: received } = await send(async () => answer(body), { method: 'HEAD' })
  await cancelled.promise
  expect(received).toHaveLength(0)
})

test('an answer made of the request’s own body has all of it', async () => {
  const echo: Handler = async (incoming) =>
    answer(incoming.web(new URL('http://app.example/')).body, 'application/octet-stream')
  const sent = Buffer.alloc(6_000_000, 'x')
  const { body } = await send(echo, { body: sent })
  expect(body.equals(sent)).toBe(true)
})

test('a body that is asked for again while it is read is read once', async () => {
  const limit = 1_000_000
  const lengths: Handler = async (incoming) => {
    const [one, other] = await Promise.all([incoming.bytes(limit), incoming.bytes(limit)])
    return answer(`${(await incoming.text(limit)).length} ${one === other}`)
  }
  const { body } = await send(lengths, { body: Buffer.alloc(300_000, 'x') })
  expect(String(body)).toBe('300000 true')
})

test('what is left of a body that was too large is no body', async () => {
  const rest: Handler = async (incoming) => {
    await incoming.bytes(1000).catch(() => undefined)
    return answer(await incoming.text(1_000_000))
  }
  const body = Readable.from([Buffer.alloc(2000, 'x'), Buffer.from('the rest')])
  expect((await send(rest, { body })).status).toBe(413)
})
