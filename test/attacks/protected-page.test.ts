import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'
import type { App } from '../support/app.ts'
import { words } from '../support/words.ts'

const target = useTarget()

/** Every way to write a path of a protected page that some server, proxy or framework takes for it. */
const spellings = ['/protected', '/protected/7'].flatMap((path) => {
  const replace = (text: string, by: string) => path.replace(text, by)
  return words(String.raw`
    ${path} ${path}/ ${path}// /${path} //${path} /.${path} /x/..${path} ${path}/. ${path}/x/..
    ${path}/%2e /%2e${path} /x/%2e%2e${path} ${path}%2f ${path.toUpperCase()} ${path};x ${path};x=1
    ${replace('p', '%70')} ${replace('p', '%2570')} ${replace('p', 'P')} ${replace('e', '%65')}
    ${replace('o', '%EF%BD%8F')} ${replace('o', 'ｏ')} ${replace('c', '%c0%a3')} ${path}%ff
    ${path.replaceAll('/', '\\')} ${path.replaceAll('/', '%5c')} ${path.replaceAll('/', '%2f')}
    ${path}%3bx /;x${path} ${path}?x ${path}#x ${path}%23x ${path}%3fx ${path}%00 ${path}%0a
    ${path}%20 ${path}+ ${path}. ${path}.html ${path}.json ${path}.rsc ${path}.txt ${path}.data
    ${path}/index ${path}/page ${path}/index.html ${path}/page.tsx ${path}/__data.json
    /_next/data/x${path}.json /%5c${path} /en${path} /assets/..${path} /assets/..%2f${path.slice(1)}
    ${path}?_rsc=1 ${path}?__flight__ http://localhost${path} http://evil.example${path} *${path}
    ${path.slice(1)} /(group)${path} /-${path} /-/payload/-/payload${path} ${path}/-/payload${path}
  `)
})

const tricks: Record<string, string[]> = {
  'no header': [],
  'headers of proxies': [
    'x-original-url: /protected',
    'x-rewrite-url: /protected',
    'x-forwarded-uri: /protected',
    'x-middleware-subrequest: middleware',
    'x-http-method-override: GET',
  ],
  'a layout that the browser claims to have': [
    'volley-mounted: layout%3A%2F,layout%3A%2Fprotected',
  ],
  'a cookie that is nearly the right one': [
    'cookie: member=no; member =yes; Member=yes; xmember=yes',
  ],
}

test('26: with its cookie the page is shown, by document and by payload', async () => {
  const { app } = target()
  for (const path of [
    '/protected',
    '/protected/7',
    '/-/payload/protected',
    '/-/payload/protected/7',
  ]) {
    const { status, body } = await send(app, `GET ${path}`, { headers: ['cookie: member=yes'] })
    expect(status).toBe(200)
    expect(body).toContain('For members')
  }
  await expectAlive(app)
})

test.for(Object.entries(tricks))(
  '26: without its cookie no spelling of its path shows the page: %s',
  async ([, headers]) => {
    const { app } = target()
    for (const path of spellings) {
      for (const prefix of ['', '/-/payload', '/-/payload/']) {
        const { body } = await send(app, `GET ${prefix}${path}`, { headers })
        expect(body, prefix + path).not.toContain('For members')
      }
    }
    await expectAlive(app)
  },
)

test('26: without its cookie no call from the page brings it along', async () => {
  const { app, ids } = target()
  // Setting a cookie makes an answer carry the page that it was called from.
  const lines = [`volley-call: ${ids['setCookie']}`, 'content-type: text/plain']
  const body = '["theme","dark"]'
  const own = await send(app, 'POST /protected', {
    headers: [...lines, 'cookie: member=yes'],
    body,
  })
  expect(own.body).toContain('For members')
  for (const path of spellings) {
    const answer = await send(app, `POST ${path}`, { headers: lines, body })
    expect(answer.body, path).not.toContain('For members')
  }
  await expectAlive(app)
})

type Sent = { headers: readonly string[]; body?: string }

function send(app: App, line: string, { headers, body = '' }: Sent) {
  return rawRequest(app.port, [
    requestText(line, [`host: localhost:${app.port}`, ...headers], body),
  ])
}
