import { expect, test } from 'vitest'
import { createServerApp, type Setup } from '../../test/support/server-app.ts'
import { callOf, send, serverRequest, type Sent } from '../../test/support/server-request.ts'

const runs: unknown[][] = []
const setup: Setup = {
  modules: {
    'page.tsx': { default: async () => 'the page' },
    'api/route.ts': { POST: () => new Response('api') },
  },
  functions: { save: async (...args: unknown[]) => void runs.push(args) },
}

const id = { 'volley-call': 'save' }

test.for([
  ['by GET', { method: 'GET', headers: id }, 405, 'method'],
  ['by PUT', { method: 'PUT', headers: id }, 405, 'method'],
  ['of JSON', { headers: { ...id, 'content-type': 'application/json' } }, 415, 'unsupported-type'],
  [
    'of the type that other sites’ forms can send',
    { headers: { ...id, 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'unsupported-type',
  ],
  [
    'of a compressed body',
    { headers: { ...id, 'content-encoding': 'gzip' } },
    415,
    'unsupported-type',
  ],
  ['from another site', { headers: { ...id, origin: 'https://evil.example' } }, 403, 'cross-site'],
  ['from an opaque origin', { headers: { ...id, origin: 'null' } }, 403, 'cross-site'],
  ['of too many bytes', { headers: { ...id, 'content-length': '10001' } }, 413, 'too-large'],
  ['to an unknown id', { headers: { 'volley-call': 'gone' } }, 404, 'stale'],
  ['to a prototype’s name', { headers: { 'volley-call': '__proto__' } }, 404, 'stale'],
  ['to a member of a function', { headers: { 'volley-call': 'save#bind' } }, 404, 'stale'],
  ['without an id', { headers: { 'volley-call': '' } }, 404, 'stale'],
  ['to an endless id', { headers: { 'volley-call': 'save'.repeat(100) } }, 404, 'stale'],
] as [string, Sent, number, string][])(
  'a call %s is refused before its body is read',
  async ([, sent, status, code]) => {
    const { handler, logged } = createServerApp(setup)
    const request = serverRequest('/', { method: 'POST', body: '[]', ...sent })
    const unread = (): never => {
      throw new Error('the body was read')
    }
    const answer = await handler({ ...request, text: unread, form: unread })
    expect([answer.status, answer.body]).toEqual([status, `volley: ${code}`])
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'text/plain',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 ? { allow: 'POST' } : {}),
    })
    expect(logged).toMatchObject([{ kind: 'refused', status, target: '/' }])
    expect(runs).toEqual([])
  },
)

test('a call to a route handler is refused', async () => {
  const { handler } = createServerApp(setup)
  const { status, text } = await send(handler, '/api', await callOf('save', []))
  expect([status, text, runs]).toEqual([404, 'volley: not-found', []])
})

test.for(['http://app.example/', '*', '//evil.example/', '/\\evil.example', '/a b'])(
  'the target %s is refused',
  async (target) => {
    const { handler } = createServerApp(setup)
    const { status, text } = await send(handler, target)
    expect([status, text]).toEqual([400, 'volley: bad-request'])
  },
)

test('a page takes no other methods', async () => {
  const { handler } = createServerApp(setup)
  const { status, headers } = await send(handler, '/', { method: 'DELETE' })
  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
})

const { functions } = setup

test.for([
  ['that is no JSON', '[1'],
  ['that is no list', '{"0":1}'],
  ['with an unknown reference', ['["$h1"]', '{"id":"gone","bound":null}']],
  ['with a member of a reference', ['["$h1"]', '{"id":"save#bind","bound":null}']],
  ['with an inherited name for an id', ['["$h1"]', '{"id":"constructor","bound":null}']],
  ['with an endless id', ['["$h1"]', `{"id":"${'a'.repeat(200)}","bound":null}`]],
] as [string, string | string[]][])('a body %s is refused and runs nothing', async ([, rows]) => {
  const { handler } = createServerApp({ ...setup, functions: { ...functions } })
  const { status, text } = await send(handler, '/', sentRows(rows))
  expect([status, text, runs]).toEqual([400, 'volley: bad-request', []])
})

test('a known reference in a body is the function itself', async () => {
  const got: unknown[] = []
  const { handler } = createServerApp({
    ...setup,
    functions: {
      double: async (n: number) => n * 2,
      save: async (fn: (n: number) => Promise<number>) => void got.push(await fn(21)),
    },
  })
  const rows = ['["$h1"]', '{"id":"double","bound":null}']
  expect((await send(handler, '/', sentRows(rows))).status).toBe(200)
  expect(got).toEqual([42])
})

function sentRows(rows: string | string[]): Sent {
  const headers = { 'volley-call': 'save' }
  if (typeof rows === 'string') return { method: 'POST', headers, body: rows }
  const body = new FormData()
  for (const [i, row] of rows.entries()) body.append(String(i), row)
  return { method: 'POST', headers, body }
}
