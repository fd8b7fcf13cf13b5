import { expect, test } from 'vitest'
import { batchOf } from '../../test/support/batch.ts'
import { createServerApp } from '../../test/support/server-app.ts'
import { send } from '../../test/support/server-request.ts'

const functions = { known: async () => 'ran' }
const modules = { 'page.tsx': { default: () => 'the page' } }

const cases: [string, Record<string, string>, number, string][] = [
  ['only unknown functions', { 'volley-call': 'gone,lost', 'volley-key': 'a,b' }, 404, 'stale'],
  ['nothing at all', { 'volley-call': ',', 'volley-key': 'a,b' }, 404, 'stale'],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403, 'cross-site'],
  ['a form', { 'content-type': 'multipart/form-data; boundary=b' }, 415, 'unsupported-type'],
  ['a compressed body', { 'content-encoding': 'gzip' }, 415, 'unsupported-type'],
  [
    'more calls than go together',
    { 'volley-call': Array(33).fill('known').join() },
    400,
    'bad-request',
  ],
  ['fewer keys than calls', { 'volley-key': 'a' }, 400, 'bad-request'],
  ['more keys than calls', { 'volley-key': 'a,b,c' }, 400, 'bad-request'],
  [
    'fewer bodies than calls',
    { 'volley-call': 'known,known,known', 'volley-key': 'a,b,c' },
    400,
    'bad-request',
  ],
  ['too much for all calls together', { 'content-length': '131073' }, 413, 'too-large'],
]

test.for(cases)('a batch of %s is refused as a whole', async ([, headers, status, code]) => {
  const { handler } = createServerApp({ isBatched: true, modules, functions })
  const sent = await batchOf([['known'], ['known']], headers)
  const answer = await send(handler, '/', sent)
  expect([answer.status, answer.text]).toEqual([status, `volley: ${code}`])
})

test('only a POST is a batch', async () => {
  const { handler } = createServerApp({ isBatched: true, modules, functions })
  const sent = await batchOf([['known'], ['known']])
  const { status, headers } = await send(handler, '/', { ...sent, method: 'PUT' })
  expect([status, headers.get('allow')]).toEqual([405, 'POST'])
})

test('programs may send calls without keys', async () => {
  const { handler } = createServerApp({ isBatched: true, modules, functions })
  const { body, method } = await batchOf([['known'], ['known']])
  const headers = { 'volley-call': 'known,known' }
  const { text } = await send(handler, '/', { method: method!, headers, body })
  expect(text.match(/"value":"ran"/g)).toHaveLength(2)
})

test('an app without the option knows no batches', async () => {
  const { handler } = createServerApp({ modules, functions })
  const { status, text } = await send(handler, '/', await batchOf([['known'], ['known']]))
  expect([status, text]).toEqual([404, 'volley: stale'])
})
