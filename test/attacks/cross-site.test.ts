import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { rawRequest, requestText, type RawAnswer } from '../support/raw-request.ts'

const target = useTarget()

type Origin = 'none' | 'own' | 'allowed' | 'foreign'
type Site = 'absent' | 'same' | 'other'

/** The rule of docs/security.md, as a table. */
const verdicts: Record<Origin, Record<Site, 'runs' | 'refused'>> = {
  none: { absent: 'runs', same: 'runs', other: 'refused' },
  own: { absent: 'runs', same: 'runs', other: 'refused' },
  allowed: { absent: 'runs', same: 'runs', other: 'runs' },
  foreign: { absent: 'refused', same: 'runs', other: 'refused' },
}

/** Each as the values of its headers; `PORT` is the app's, and its config allows trusted.example. */
const origins: [Origin, string[]][] = [
  ['none', []],
  ['own', ['http://localhost:PORT']],
  ['own', ['HTTP://LOCALHOST:PORT']],
  // A proxy may have ended TLS, and no public origin is configured.
  ['own', ['https://localhost:PORT']],
  ['allowed', ['https://trusted.example']],
  ['allowed', ['http://trusted.example']],
  ['allowed', ['https://TRUSTED.example']],
  ['allowed', ['https://trusted.example:443']],
  ['foreign', ['https://evil.example']],
  ['foreign', ['null']],
  ['foreign', ['']],
  ['foreign', ['http://localhost']],
  ['foreign', ['http://localhost:1']],
  ['foreign', ['http://127.0.0.1:PORT']],
  ['foreign', ['http://localhost.evil.example:PORT']],
  ['foreign', ['http://evil.localhost:PORT']],
  ['foreign', ['http://localhost:PORT.evil.example']],
  ['foreign', ['http://localhost:PORT@evil.example']],
  ['foreign', ['http://evil.example#localhost:PORT']],
  ['foreign', ['http://evil.example\\@localhost:PORT']],
  ['foreign', ['http://localhost:PORT/']],
  ['foreign', ['http://localhost:PORT/path']],
  ['foreign', ['//localhost:PORT']],
  ['foreign', ['localhost:PORT']],
  ['foreign', ['ftp://localhost:PORT']],
  ['foreign', ['javascript://localhost:PORT']],
  ['foreign', ['file://']],
  ['foreign', ['http://']],
  ['foreign', ['not an origin']],
  ['foreign', ['https://trusted.example:8443']],
  ['foreign', ['https://sub.trusted.example']],
  ['foreign', ['https://trusted.example.evil.example']],
  ['foreign', ['https://eviltrusted.example']],
  ['foreign', ['https://trusted.example.']],
  ['foreign', ['https://trusted.example https://evil.example']],
  ['foreign', ['https://trusted.example, https://evil.example']],
  ['foreign', ['https://trusted.example', 'https://evil.example']],
  ['foreign', ['https://evil.example', 'https://trusted.example']],
  ['foreign', ['http://localhost:PORT', 'https://evil.example']],
  ['foreign', ['http://localhost:PORT', 'http://localhost:PORT']],
]

const sites: [Site, string[]][] = [
  ['absent', []],
  ['same', ['same-origin']],
  ['same', ['none']],
  ['other', ['same-site']],
  ['other', ['cross-site']],
  ['other', ['']],
  ['other', ['Same-Origin']],
  ['other', ['same-origin, cross-site']],
  ['other', ['cross-site', 'same-origin']],
  ['other', ['something-new']],
]

type Sent = { headers: string[]; body: string }

const multipart = 'content-type: multipart/form-data; boundary=b'
const part = (name: string, value: string) =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

/** The same function four times: called with a text and with parts, and named by two kinds of form. */
const kinds: Record<string, (id: string) => Sent> = {
  'a call': (id) => ({
    headers: [`volley-call: ${id}`, 'content-type: text/plain'],
    body: '[]',
  }),
  'a call with parts': (id) => ({
    headers: [`volley-call: ${id}`, multipart],
    body: `${part('0', '[]')}--b--\r\n`,
  }),
  'a multipart form': (id) => ({
    headers: [multipart],
    body: `${part(`$ACTION_ID_${id}`, '')}--b--\r\n`,
  }),
  'a urlencoded form': (id) => ({
    headers: ['content-type: application/x-www-form-urlencoded'],
    body: new URLSearchParams({ [`$ACTION_ID_${id}`]: '' }).toString(),
  }),
}

const headerLines = (name: string, values: string[]) => values.map((value) => `${name}: ${value}`)

/** Sends every combination, and gives those whose verdict is not the table's. */
async function attack(
  sent: Sent,
): Promise<{ wrong: object[]; runs: number; answers: RawAnswer[] }> {
  const { app } = target()
  const wrong: object[] = []
  const answers: RawAnswer[] = []
  let runs = 0
  for (const [origin, values] of origins) {
    for (const [site, siteValues] of sites) {
      const lines = [
        `host: localhost:${app.port}`,
        ...headerLines(
          'origin',
          values.map((value) => value.replace('PORT', String(app.port))),
        ),
        ...headerLines('sec-fetch-site', siteValues),
        ...sent.headers,
      ]
      const answer = await rawRequest(app.port, [requestText('POST /', lines, sent.body)])
      answers.push(answer)
      const expected = verdicts[origin][site]
      if (expected === 'runs') runs++
      if (answer.status !== (expected === 'runs' ? 200 : 403)) {
        wrong.push({ values, siteValues, expected, status: answer.status })
      }
    }
  }
  return { wrong, runs, answers }
}

test.for(Object.entries(kinds))(
  '5: %s runs for this site and those it allows',
  async ([, make]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const { wrong, runs, answers } = await attack(make(ids['submit']!))
    expect(wrong).toEqual([])
    for (const answer of answers)
      if (answer.status === 403) expectRefusal(answer, 403, 'cross-site')
    expect(await effectsOf(app)).toBe(before + runs)
    await expectAlive(
      app,
      answers.map(({ body }) => body),
    )
  },
)

test('5: a form that names no function renders the page for those only whom a form may run', async () => {
  const { app } = target()
  const before = await effectsOf(app)
  const { wrong } = await attack({ headers: [multipart], body: `${part('text', 'a')}--b--\r\n` })
  expect(wrong).toEqual([])
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('5: a page of any site may be looked at by its address', async () => {
  const { app } = target()
  const answer = await app.fetch('/', {
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  })
  expect(answer.status).toBe(200)
  await expectAlive(app, [await answer.text()])
})
