import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClientFiles } from './client-files.ts'

const base = mkdtempSync(path.join(tmpdir(), 'volley-files-'))
const root = path.join(base, 'client')
const server = createServer((incoming, response) => {
  createClientFiles(root)(incoming, response, () => {
    response.statusCode = 418
    response.end('next')
  })
})

beforeAll(async () => {
  mkdirSync(path.join(root, 'assets'), { recursive: true })
  mkdirSync(path.join(base, 'server'))
  writeFileSync(path.join(base, 'server/index.js'), 'secret')
  writeFileSync(path.join(root, 'assets/app-abc123.js'), 'plain')
  writeFileSync(path.join(root, 'assets/app-abc123.js.br'), 'brotli')
  writeFileSync(path.join(root, 'assets/app-abc123.js.gz'), 'gzip')
  writeFileSync(path.join(root, 'about.html'), 'about')
  writeFileSync(path.join(root, 'index.html'), 'index')
  writeFileSync(path.join(root, '.env'), 'secret')
  writeFileSync(path.join(root, 'real.txt'), 'real')
  writeFileSync(path.join(root, 'favicon.ico'), 'icon')
  symlinkSync(path.join(root, 'real.txt'), path.join(root, 'inside.txt'))
  symlinkSync(path.join(base, 'server/index.js'), path.join(root, 'link.js'))
  symlinkSync(path.join(base, 'server'), path.join(root, 'linked'))
  await new Promise<void>((resolve) => server.listen(0, resolve))
})
afterAll(() => server.close())

type Answer = { status: number | undefined; headers: IncomingMessage['headers']; body: string }

/** A request whose path is sent as it is, unlike that of `fetch`. */
function send(target: string, method = 'GET', headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, path: target, method, headers }, (incoming) => {
      let body = ''
      incoming.setEncoding('utf8').on('data', (text: string) => (body += text))
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode, headers: incoming.headers, body }),
      )
    })
    outgoing.on('error', reject).end()
  })
}

test('a file with a hash in its name may be kept for ever', async () => {
  const { status, headers, body } = await send('/assets/app-abc123.js')
  expect([status, body]).toEqual([200, 'plain'])
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('a file of public/ is asked for anew', async () => {
  const first = await send('/real.txt')
  expect(first.headers['cache-control']).toBe('public, max-age=0')
  const again = await send('/real.txt', 'GET', { 'if-none-match': first.headers.etag })
  expect(again.status).toBe(304)
})

test('a file that is asked for by its hash may be kept for ever, by another query not', async () => {
  const control = async (query: string) =>
    (await send(`/favicon.ico${query}`)).headers['cache-control']
  expect(await control('?0123456789abcdef')).toBe('public, max-age=31536000, immutable')
  expect(await control('')).toBe('public, max-age=0')
  expect(await control('?0123456789abcdef0')).toBe('public, max-age=0')
  expect(await control('?v=1')).toBe('public, max-age=0')
})

test('an icon has its type', async () => {
  expect((await send('/favicon.ico')).headers['content-type']).toBe('image/x-icon')
})

test.for([
  ['br, gzip', 'br', 'brotli'],
  ['gzip', 'gzip', 'gzip'],
  ['identity', undefined, 'plain'],
] as const)('who accepts %s gets the copy for it', async ([accepted, encoding, body]) => {
  const answer = await send('/assets/app-abc123.js', 'GET', { 'accept-encoding': accepted })
  expect(answer.headers['content-encoding']).toBe(encoding)
  expect(answer.body).toBe(body)
  expect(answer.headers.vary).toBe('Accept-Encoding')
})

test.for(['/about', '/', '/index'])(
  '%s is a page, whatever file is named like it',
  async (target) => {
    expect((await send(target)).status).toBe(418)
  },
)

test.for(['POST', 'PUT', 'DELETE'])('%s is never answered by a file', async (method) => {
  expect((await send('/real.txt', method)).status).toBe(418)
})

test.for([
  '/../server/index.js',
  '/..%2fserver/index.js',
  '/%2e%2e/server/index.js',
  '/assets/..%2f..%2fserver%2findex.js',
  String.raw`/..\server\index.js`,
  '/%5c..%5cserver%5cindex.js',
  '//real.txt',
  '/real.txt%00.js',
  '/%zz',
  '/.env',
  '/%2eenv',
  '/link.js',
  '/%6cink.js',
  '/linked/index.js',
])('%s is not a file that is served', async (target) => {
  expect(await send(target)).toMatchObject({ status: 418, body: 'next' })
})

test('a link that stays inside is served', async () => {
  expect((await send('/inside.txt')).body).toBe('real')
})

test('below a base path, with the headers that the app wants its files to have', async () => {
  const files = createClientFiles(root, {
    basePath: '/docs',
    headersFor: ({ target }) => [['x-target', target]],
  })
  const answers = createServer((incoming, response) => {
    files(incoming, response, () => response.end(`next ${incoming.url}`))
  })
  await new Promise<void>((resolve) => answers.listen(0, resolve))
  const { port } = answers.address() as AddressInfo
  const get = async (target: string): Promise<[string, string | null]> => {
    const response = await fetch(`http://localhost:${port}${target}`)
    return [await response.text(), response.headers.get('x-target')]
  }
  expect(await get('/docs/real.txt')).toEqual(['real', '/docs/real.txt'])
  expect(await get('/real.txt')).toEqual(['next /real.txt', null])
  expect(await get('/docs/none.txt')).toEqual(['next /docs/none.txt', null])
  answers.close()
})
