import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { expectAlive, useTarget, type Target } from '../support/attack.ts'
import { ownSpellings, refusedSpellings, wantedSpellings } from '../support/redirect-spellings.ts'

const target = useTarget()

/** Where a browser would be after the answer; `null` where it stays. */
type Way = (target: Target, to: string) => Promise<{ to: string | null; text: string }>

const ways: Record<string, Way> = {
  'a call': ({ app, ids }, to) => called(app, ids['go']!, JSON.stringify([to])),
  'a form': ({ app, ids }, to) => posted(app, ids['leave']!, to),
  'a form, for ever': ({ app, ids }, to) => posted(app, ids['leaveForEver']!, to),
  'a page': ({ app }, to) => located(app, `/leaving?to=${encodeURIComponent(to)}`),
  'a payload': ({ app }, to) => read(app, `/-/payload/leaving?to=${encodeURIComponent(to)}`),
  'a page whose head was sent': ({ app }, to) =>
    read(app, `/leaving/late?to=${encodeURIComponent(to)}`),
  'a route handler': ({ app }, to) => located(app, `/leaving/handler?to=${encodeURIComponent(to)}`),
}

test('21: there are more than sixty spellings', () => {
  expect(new Set([...refusedSpellings, ...ownSpellings]).size).toBeGreaterThan(60)
})

test.for(Object.keys(ways))(
  '21: %s leads to no other site, however its name is spelled (131)',
  async (name) => {
    const went = await attempt(name, refusedSpellings)
    expect(went.filter(({ to }) => to !== null)).toEqual([])
    const texts = went.map(({ text }) => text)
    await expectAlive(target().app, texts)
  },
)

test.for(Object.keys(ways))(
  '21: %s keeps on its own site what only looks like another',
  async (name) => {
    const { app } = target()
    const went = await attempt(name, ownSpellings)
    const left = went.filter(({ to }) => to === null || siteOf(to, app) !== app.origin)
    expect(left.map(({ spelling, to }) => `${JSON.stringify(spelling)} → ${to}`)).toEqual([])
    const texts = went.map(({ text }) => text)
    await expectAlive(app, texts)
  },
)

test.for(Object.keys(ways))('21: %s leads to an http(s) URL that was meant', async (name) => {
  const { app } = target()
  const went = await attempt(name, Object.keys(wantedSpellings))
  const sites = went.map(({ spelling, to }) => [spelling, to === null ? to : siteOf(to, app)])
  expect(Object.fromEntries(sites)).toEqual(wantedSpellings)
  await expectAlive(app)
})

function attempt(name: string, spellings: readonly string[]) {
  const one = async (spelling: string) => ({
    spelling,
    ...(await ways[name]!(target(), spelling)),
  })
  return Promise.all(spellings.map(one))
}

/** Where a browser goes that shows a page of the app. */
function siteOf(to: string, app: App): string {
  return new URL(to, `${app.origin}/leaving`).origin
}

async function called(app: App, id: string, body: string): ReturnType<Way> {
  const headers = { 'volley-call': id, 'content-type': 'text/plain' }
  const answer = await app.fetch('/leaving', { method: 'POST', headers, body })
  return outcomeOf(await answer.text())
}

async function posted(app: App, id: string, to: string): ReturnType<Way> {
  const body = new URLSearchParams({ [`$ACTION_ID_${id}`]: '', to })
  return located(app, '/leaving', { method: 'POST', body })
}

/** The header of a redirect, which only a redirect may have. */
async function located(app: App, path: string, init?: RequestInit): ReturnType<Way> {
  const answer = await app.fetch(path, init)
  const to = answer.headers.get('location')
  expect(to !== null).toBe([303, 307, 308].includes(answer.status))
  return { to, text: await answer.text() }
}

async function read(app: App, path: string): ReturnType<Way> {
  return outcomeOf(await (await app.fetch(path)).text())
}

/** The outcome of a payload, or the digest of a redirect that comes when the head has been sent. */
function outcomeOf(text: string): Awaited<ReturnType<Way>> {
  const [, outcome] = /"kind":"redirect","to":("(?:[^"\\]|\\.)*")/.exec(text) ?? []
  const [, digest] = /"digest":("NEXT_REDIRECT;.*?[^\\]")/.exec(text) ?? []
  // It stands in a string of a script.
  const inlined = digest && (runInNewContext(`'${digest}'`) as string)
  const flow = inlined && (JSON.parse(inlined) as string)
  const to = outcome ? (JSON.parse(outcome) as string) : flow?.split(';').slice(2, -2).join(';')
  return { to: to ?? null, text }
}
