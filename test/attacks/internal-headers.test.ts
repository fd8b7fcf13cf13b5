import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { rawRequest, requestText, type RawAnswer } from '../support/raw-request.ts'

const target = useTarget()

/** Headers by which frameworks talk to themselves, each with what would be worth claiming. */
const claims = [
  ['volley-mounted', ['page:%2Flocked', 'layout:%2F', '%', ',']],
  ['x-middleware-subrequest', ['middleware:middleware:middleware:middleware:middleware']],
  ['x-middleware-next', ['1']],
  ['x-middleware-rewrite', ['/locked']],
  ['x-middleware-redirect', ['/locked']],
  ['x-middleware-override-headers', ['cookie']],
  ['x-middleware-request-cookie', ['user=owner']],
  ['x-middleware-set-cookie', ['user=owner']],
  ['next-action', ['TAKE']],
  ['rsc', ['1']],
  ['rsc-action', ['TAKE']],
  ['x-rsc-action', ['TAKE']],
  ['next-router-state-tree', ['%5B%22locked%22%5D']],
  ['next-router-prefetch', ['1']],
  ['next-url', ['/locked']],
  ['x-nextjs-data', ['1']],
  ['x-matched-path', ['/locked']],
  ['x-invoke-path', ['/locked']],
  ['x-invoke-status', ['200']],
  ['x-prerender-revalidate', ['1']],
  ['x-sveltekit-pathname', ['/locked']],
  ['x-http-method-override', ['GET', 'POST']],
  ['x-method-override', ['POST']],
  ['x-original-url', ['/locked']],
  ['x-rewrite-url', ['/locked']],
  ['x-forwarded-host', ['trusted.example', 'localhost']],
  ['x-forwarded-proto', ['https']],
  ['x-forwarded-for', ['127.0.0.1']],
  ['x-forwarded-prefix', ['/locked']],
  ['x-real-ip', ['127.0.0.1']],
  ['forwarded', ['for=127.0.0.1;host=trusted.example;proto=https']],
  ['accept', ['text/x-component']],
] as const

type Probe = { line: string; headers: string[]; body: string }

/** Requests that are answered in different ways; no claim changes which. */
const probes: Record<string, (ids: Readonly<Record<string, string>>) => Probe> = {
  'a page': () => get('/mine'),
  'no page': () => get('/nowhere'),
  'a locked page': () => get('/locked'),
  'the payload of a locked page': () => get('/-/payload/locked'),
  'the payload of a page': () => get('/-/payload/mine'),
  'a route handler': () => get('/header'),
  'an unknown function': () => post(['volley-call: unknown']),
  'a call from another site': (ids) =>
    post([`volley-call: ${ids['take']}`, 'origin: https://evil.example']),
  'a call by GET': (ids) => ({ ...get('/'), headers: [`volley-call: ${ids['take']}`] }),
  'a post that is no call': () => post([]),
}

function get(path: string): Probe {
  return { line: `GET ${path}`, headers: [], body: '' }
}

function post(headers: string[]): Probe {
  return { line: 'POST /', headers: ['content-type: text/plain', ...headers], body: '[1]' }
}

test.for(Object.keys(probes))(
  '25: no header from outside changes the answer to %s',
  async (name) => {
    const { app, ids } = target()
    const probe = probes[name]!(ids)
    const plain = await ask(app, probe)
    const before = await effectsOf(app)
    const texts: string[] = []
    const changed: string[] = []
    for (const [header, values] of claims) {
      for (const value of values) {
        const claim = `${header}: ${value.replace('TAKE', ids['take']!)}`
        const answer = await ask(app, probe, claim)
        texts.push(answer.body)
        if (answer.status !== plain.status) changed.push(`${claim} → ${answer.status}`)
      }
    }
    expect(changed).toEqual([])
    expect(await effectsOf(app)).toBe(before)
    await expectAlive(app, texts)
  },
)

test('25: who claims to have another build gets no content, and no function is refused', async () => {
  const { app, ids } = target()
  const claim = 'volley-build: another'
  const locked = await ask(app, get('/-/payload/locked'), claim)
  const { status, body } = await ask(app, get('/-/payload/mine'), claim)
  expect(status).toBe(200)
  expect(body).toContain('"outdated":true')
  expect(body).not.toContain('regions')
  const called = await ask(app, post([`volley-call: ${ids['echo']}`]), claim)
  expect(called.status).toBe(200)
  await expectAlive(app, [locked.body, body, called.body])
})

function ask(app: App, { line, headers, body }: Probe, claim?: string): Promise<RawAnswer> {
  const all = [`host: localhost:${app.port}`, ...headers, ...(claim ? [claim] : [])]
  return rawRequest(app.port, [requestText(line, all, body)])
}
