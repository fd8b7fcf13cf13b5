import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { rawRequest, requestText, type RawAnswer } from '../support/raw-request.ts'
import type { App } from '../support/app.ts'
import { words } from '../support/words.ts'

const target = useTarget()

/** Endings by which caches take an answer for a file. */
const endings = [
  '',
  ...words(String.raw`
    / /page.css /logo.png /x.js /.css /page.css/ .css ;x ;page.css %3bpage.css %2fpage.css
    %2Fpage.css %252fpage.css %5cpage.css \page.css %00.css %0a.css %20.css %23.css #.css %3f.css
    ?.css ?x=/page.css //page.css /./page.css /../account/page.css /..%2fpage.css /%2e%2e/page.css
    /assets/index.js /robots.txt /index.html /favicon.ico /page.css?x=1 /é.css
  `),
]
const beginnings = words(`
  /account //account /./account /assets/../account /assets/..%2faccount /-/payload/account
  /-/payload//account /-//payload/account /-/payload/./account /-/payload/-/payload/account
  /%2d/payload/account /-%2fpayload/account /account-data /ACCOUNT /%61ccount
  http://localhost/account
`)

test.for(beginnings)(
  '18: no answer with a user’s data may be kept by a cache: %s…',
  async (beginning) => {
    const { app } = target()
    const answers: RawAnswer[] = []
    for (const ending of endings) {
      const answer = await get(app, beginning + ending)
      answers.push(answer)
      if (!answer.body.includes('user-18')) continue
      expect(cacheControl(answer), beginning + ending).toBe('private, no-store')
      expect(answer.headers).toMatch(
        /^content-type: (?:text\/html|text\/x-component|application\/json)/m,
      )
    }
    await expectAlive(
      app,
      answers.map(({ body }) => body),
    )
  },
)

test.for([
  '/account',
  '/account/page.css',
  '/-/payload/account',
  '/-/payload/account/page.css',
  '/account-data',
])(
  '18: an answer that was made with cookies is private, and for nobody to store: %s',
  async (path) => {
    const { app } = target()
    const answer = await get(app, path)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('user-18')
    expect(cacheControl(answer)).toBe('private, no-store')
    await expectAlive(app, [answer.body])
  },
)

test('18: what a cache may keep is the same for every visitor', async () => {
  const { app } = target()
  const html = await (await app.fetch('/')).text()
  const asset = /\/assets\/[\w.-]+\.js/.exec(html)![0]
  const [mine, yours] = await Promise.all([get(app, asset), get(app, asset, 'cookie: user=other')])
  expect(cacheControl(mine)).toBe('public, max-age=31536000, immutable')
  expect(mine.body).toBe(yours.body)
  await expectAlive(app)
})

function get(app: App, path: string, cookie = 'cookie: user=user-18'): Promise<RawAnswer> {
  const host = `host: localhost:${app.port}`
  return rawRequest(app.port, [requestText(`GET ${path}`, [host, cookie])])
}

function cacheControl({ headers }: RawAnswer): string | undefined {
  return /^cache-control: (.*?)\r?$/m.exec(headers)?.[1]
}
