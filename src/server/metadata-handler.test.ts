import { expect, test } from 'vitest'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { send, type Sent } from '../../test/support/server-request.ts'
import { notFound } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'

async function get(modules: Modules, target: string, sent: Sent = {}) {
  const { handler, logged } = createServerApp({ modules })
  const { status, headers, text } = await send(handler, target, sent)
  const errors = logged.flatMap((event) => (event.kind === 'error' ? [String(event.error)] : []))
  return { status, headers, text, errors }
}

type Params = { params: Promise<unknown> }

test.for<[string, () => BodyInit | Response, string]>([
  ['a Response', () => new Response('x', { headers: { 'content-type': 'image/a' } }), 'image/a'],
  ['a Blob', () => new Blob(['x'], { type: 'image/b' }), 'image/b'],
  ['a Blob without a type', () => new Blob(['x']), 'image/own'],
  ['bytes', () => new TextEncoder().encode('x'), 'image/own'],
  ['a buffer', () => new TextEncoder().encode('x').buffer, 'image/own'],
  ['a stream', () => new Blob(['x']).stream(), 'image/own'],
])('an image is %s', async ([, make, type]) => {
  const answer = await get({ 'icon.tsx': { default: make, contentType: 'image/own' } }, '/icon')
  expect([answer.status, answer.text]).toEqual([200, 'x'])
  expect(answer.headers.get('content-type')).toBe(type)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
})

test('an image gets the parameters of its directory, and its id', async () => {
  const module = {
    generateImageMetadata: ({ params }: { params: object }) => [
      { id: 1, contentType: JSON.stringify(params) },
    ],
    default: async ({ params, id }: Params & { id: Promise<string> }) =>
      Response.json([await params, await id]),
  }
  const modules = { 'posts/[id]/icon.tsx': module }
  const { text } = await get(modules, '/posts/7/icon/1')
  expect(JSON.parse(text)).toEqual([{ id: '7' }, '1'])
  expect((await get(modules, '/posts/7/icon/2')).status).toBe(404)
  expect((await get(modules, '/posts/7/icon')).status).toBe(404)
})

test('a file that makes one image has none with an id', async () => {
  expect((await get({ 'icon.tsx': { default: () => new Blob() } }, '/icon/1')).status).toBe(404)
})

test('what was made with cookies is for its visitor', async () => {
  const robots = async () => ({ rules: { userAgent: (await cookies()).get('a')?.value } })
  const { text, headers } = await get({ 'robots.ts': { default: robots } }, '/robots.txt', {
    headers: { cookie: 'a=1' },
  })
  expect([text, headers.get('cache-control')]).toEqual(['User-Agent: 1\n', 'private, no-store'])
})

test('only GET and HEAD are answered, and notFound() is a 404', async () => {
  const modules = { 'robots.ts': { default: () => notFound() } }
  expect((await get(modules, '/robots.txt')).status).toBe(404)
  const posted = await get(modules, '/robots.txt', { method: 'POST' })
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('one sitemap has no id, of several each has one', async () => {
  const one = { 'sitemap.ts': { default: () => [{ url: 'https://a.example' }] } }
  expect((await get(one, '/sitemap.xml')).text).toContain('<loc>https://a.example</loc>')
  expect((await get(one, '/sitemap/0.xml')).status).toBe(404)
  const several = {
    'sitemap.ts': {
      generateSitemaps: async () => [{ id: 0 }, { id: 'b' }],
      default: async ({ id }: { id: Promise<string> }) => [{ url: await id }],
    },
  }
  expect((await get(several, '/sitemap/0.xml')).text).toContain('<loc>0</loc>')
  expect((await get(several, '/sitemap/b.xml')).text).toContain('<loc>b</loc>')
  expect((await get(several, '/sitemap.xml')).status).toBe(404)
  expect((await get(several, '/sitemap/c.xml')).status).toBe(404)
})

test.for<[Record<string, unknown>, string]>([
  [{}, 'app/icon.tsx must export by default the function that makes it'],
  [{ default: () => 'text' }, 'app/icon.tsx must return an image as a Response'],
  [{ default: () => new Blob(), generateImageMetadata: () => ({}) }, 'must return a list'],
  [{ default: () => new Blob(), generateImageMetadata: () => [{}] }, 'whose id is undefined'],
])('%j is an error that says %s', async ([module, message]) => {
  const { status, errors } = await get({ 'icon.tsx': module }, '/icon')
  expect(status).toBe(500)
  expect(errors).toEqual([expect.stringContaining(message)])
})
