import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type App } from '../support/app.ts'
import { expectAlive } from '../support/attack.ts'
import { buildFixture, copyFixture } from '../support/fixture.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'
import { words } from '../support/words.ts'

/** What stands in every file that no path may reach. */
const secret = 'canary-in-a-file-outside'

/** Below the app's directory. */
const outside = [
  'secret.txt',
  'dist/secret.txt',
  'dist/server/secret.js',
  'dist/client-secret.txt',
  '.env.test',
]

let app: App

beforeAll(async () => {
  const built = await buildFixture('attack-app')
  const root = copyFixture('attack-app', 'attack-app-static')
  cpSync(path.join(built, 'dist'), path.join(root, 'dist'), { recursive: true })
  cpSync(path.dirname(keyFile(built)), path.dirname(keyFile(root)), { recursive: true })
  for (const file of outside) writeFileSync(path.join(root, file), secret)
  const client = path.join(root, 'dist/client')
  mkdirSync(path.join(client, '.hidden'), { recursive: true })
  writeFileSync(path.join(client, '.hidden/file.txt'), secret)
  writeFileSync(path.join(client, '.env'), secret)
  writeFileSync(path.join(client, 'public.txt'), 'everybody may read this')
  mkdirSync(path.join(root, 'linked'))
  writeFileSync(path.join(root, 'linked/secret.txt'), secret)
  symlinkSync('../secret.txt', path.join(client, 'link.txt'))
  symlinkSync('../../linked', path.join(client, 'linked'))
  symlinkSync('../../../linked', path.join(client, 'assets/up'))
  app = await serve(root, 'start')
})

afterAll(async () => {
  await app.stop()
  rmSync(app.root, { recursive: true, force: true })
})

const ups = words('.. %2e%2e .%2e %2E. ..; %252e%252e %c0%ae%c0%ae ．． ..%00 .... %u002e%u002e')
const slashes = words(String.raw`/ %2f \ %5c %255c // /./ %c0%af /%00/`)
const climbing = ups.flatMap((up) => slashes.map((slash) => `${slash}${up}${slash}`))
const targets = words(`
  secret.txt dist/secret.txt server/secret.js client-secret.txt package.json .env.local
  node_modules/.volley/key
`)

const paths = [
  ...climbing.flatMap((climb) => [`${climb}secret.txt`, `/assets${climb}..${climb}secret.txt`]),
  ...['/..', '/../..', '/assets/../..', '/assets/up'].flatMap((start) =>
    targets.map((file) => `${start}/${file}`),
  ),
  ...words(`
    /link.txt /linked/secret.txt /linked /linked/ /%6cink.txt /link.txt/ /./link.txt /LINK.TXT
    /link.txt?x /link.txt.gz /link.txt.br /assets/up/secret.txt /assets/%75p/secret.txt
    /assets//up/secret.txt /.env /%2eenv /.env.local /.hidden/file.txt /%2ehidden/file.txt
    /.git/config /.built /.vite/manifest.json /manifest.json /functions.json
    /server/functions.json /index.js.map /server/index.js /dist/server/index.js
    /assets/index.js.map /__vite_rsc_assets_manifest.js /etc/passwd //etc/passwd
    /proc/self/environ file:///etc/passwd /C:/Windows/win.ini /@fs/etc/passwd /@fs/ /@id/
    /node_modules/volley/package.json /package.json /vite.config.ts /app/actions.ts
    /public.txt%00 /public.txt/..%2f..%2fsecret.txt
  `),
]

test('24: a file of dist/client is served, so that the others could be', async () => {
  const answer = await get('/public.txt')
  expect(answer.body).toBe('everybody may read this')
  await expectAlive(app)
})

test(`24: none of ${paths.length} spellings of a path leaves dist/client`, async () => {
  const secrets = [secret, 'root:x:0:', readFileSync(keyFile(app.root), 'utf8').trim()]
  const answers: string[] = []
  for (const one of paths) {
    for (const encoding of ['identity', 'gzip, br']) {
      const { status, body } = await get(one, encoding)
      answers.push(body)
      expect(
        secrets.filter((text) => body.includes(text)),
        one,
      ).toEqual([])
      expect([400, 404], one).toContain(status)
    }
  }
  expect(new Set(paths).size).toBeGreaterThan(200)
  await expectAlive(app, answers)
})

test('24: no asset of the browser has a source map beside it', async () => {
  const html = await (await app.fetch('/')).text()
  const assets = [...html.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([file]) => file)
  expect(assets.length).toBeGreaterThan(0)
  for (const asset of assets) {
    expect((await get(`${asset}.map`)).status).toBe(404)
    expect((await get(asset)).body).not.toContain('sourceMappingURL')
  }
  await expectAlive(app)
})

/** Where this machine's key for the app is. */
function keyFile(root: string): string {
  return path.join(root, 'node_modules/.volley/key')
}

function get(target: string, encoding = 'identity') {
  const headers = [`host: localhost:${app.port}`, `accept-encoding: ${encoding}`]
  return rawRequest(app.port, [requestText(`GET ${target}`, headers)])
}
