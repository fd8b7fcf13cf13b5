import { connect, createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'

const target = useTarget()

let connections = 0
const listener = createServer((socket) => {
  connections++
  socket.destroy()
})
let canary = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  canary = `127.0.0.1:${(listener.address() as AddressInfo).port}`
})
afterAll(() => void listener.close())

/** Whatever names a host to somebody, or the path that a proxy saw. */
const headersFor: Record<string, (host: string) => string[]> = {
  Host: (host) => [`host: ${host}`],
  'Host with user information': (host) => [`host: localhost@${host}`],
  'X-Forwarded-Host': (host) => [`x-forwarded-host: ${host}`],
  'several in X-Forwarded-Host': (host) => [`x-forwarded-host: ${host}, ${host}`],
  'all of X-Forwarded-*': (host) => [
    `x-forwarded-host: ${host}`,
    'x-forwarded-proto: http',
    `x-forwarded-port: ${host.split(':')[1]}`,
    'x-forwarded-for: 127.0.0.1',
    `x-forwarded-server: ${host}`,
  ],
  Forwarded: (host) => [`forwarded: for=127.0.0.1;host="${host}";proto=http`],
  'X-Original-URL': (host) => [`x-original-url: http://${host}/`, `x-rewrite-url: http://${host}/`],
  'X-Host': (host) => [`x-host: ${host}`, `x-http-host-override: ${host}`, `via: 1.1 ${host}`],
  Referer: (host) => [`referer: http://${host}/`],
  Origin: (host) => [`origin: http://${host}`, 'sec-fetch-site: same-origin'],
  'Origin and Host that agree': (host) => [`origin: http://${host}`, `host: ${host}`],
  'headers of other frameworks': (host) => [
    `x-middleware-rewrite: http://${host}/`,
    `next-url: http://${host}/`,
    `x-matched-path: http://${host}/`,
  ],
}

/** What the request line may have in front of its path. */
const prefixes = ['', 'http://CANARY', '//CANARY', '@CANARY', '/\\CANARY', '/http://CANARY']

const endpoints: Record<string, (ids: Readonly<Record<string, string>>) => Request> = {
  'a page': () => ({ line: 'GET', path: '/' }),
  'a payload': () => ({ line: 'GET', path: '/-/payload/mine' }),
  'a page that redirects': () => ({ line: 'GET', path: '/leaving?to=/mine' }),
  'a payload that redirects': () => ({ line: 'GET', path: '/-/payload/leaving?to=/mine' }),
  'a route handler': () => ({ line: 'GET', path: '/state' }),
  'a route handler that redirects': () => ({ line: 'GET', path: '/leaving/handler?to=/mine' }),
  'no page': () => ({ line: 'GET', path: '/nowhere' }),
  'a call': (ids) => callOf(ids['take']!, '[1]'),
  'a call that redirects': (ids) => callOf(ids['go']!, '["/mine"]'),
  'a call that brings its page': (ids) => callOf(ids['become']!, '[]'),
  'a form that redirects': (ids) => formOf(ids['leave']!),
}

type Request = { line: string; path: string; headers?: string[]; body?: string }

function callOf(id: string, body: string): Request {
  return {
    line: 'POST',
    path: '/',
    headers: [`volley-call: ${id}`, 'content-type: text/plain'],
    body,
  }
}

function formOf(id: string): Request {
  const type = 'content-type: multipart/form-data; boundary=x'
  const part = (name: string, value: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const body = `${part(`$ACTION_ID_${id}`, '')}${part('to', '/mine')}--x--\r\n`
  return { line: 'POST', path: '/leaving', headers: [type], body }
}

test.for(Object.keys(endpoints))(
  '17: %s makes no request to a host that its headers or its target name',
  async (endpoint) => {
    const { app, ids } = target()
    const { line, path, headers = [], body = '' } = endpoints[endpoint]!(ids)
    const attempts = [
      ...Object.values(headersFor).map((make) => ({ prefix: '', named: make(canary) })),
      ...prefixes.map((prefix) => ({ prefix: prefix.replace('CANARY', canary), named: [] })),
    ]
    const answers = await Promise.all(
      attempts.map(({ prefix, named }) => {
        const own = named.some((header) => header.startsWith('host:'))
        const host = own ? [] : [`host: localhost:${app.port}`]
        const all = [...host, ...named, ...headers]
        return rawRequest(app.port, [requestText(`${line} ${prefix}${path}`, all, body)])
      }),
    )
    expect(answers.filter(({ status }) => !(status >= 200 && status < 500))).toEqual([])
    expect(answers.filter((answer) => answer.headers.includes(canary))).toEqual([])
    await expectAlive(
      app,
      answers.map(({ body: text }) => text),
    )
    expect(connections).toBe(0)
  },
)

test('17: a connection to the canary would have been seen', async () => {
  const [host, port] = canary.split(':')
  const socket = connect(Number(port), host)
  await new Promise((resolve) => socket.once('close', resolve))
  expect(connections).toBe(1)
  connections = 0
})
