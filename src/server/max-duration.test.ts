import { expect, test } from 'vitest'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { callOf, send } from '../../test/support/server-request.ts'

const Page = () => 'page'
const Layout = ({ children }: { children: unknown }) => children
const forever = new Promise<never>(() => undefined)
const short = 0.02

function appOf(modules: Modules, functions = {}) {
  return createServerApp({
    modules: { 'layout.tsx': { default: Layout }, 'page.tsx': { default: Page }, ...modules },
    functions: { slow: () => forever, quick: () => 'done' },
    config: { functions },
  })
}

test('a function may run for as long as the page says that calls it', async () => {
  const { handler, logged } = appOf({ 'a/page.tsx': { default: Page, maxDuration: short } })
  for (const _ of ['not known yet', 'known']) {
    const sent = await send(handler, '/a', await callOf('slow', []))
    expect([sent.status, sent.text]).toEqual([504, 'volley: timeout'])
    expect((await send(handler, '/a', await callOf('quick', []))).status).toBe(200)
  }
  const reason = expect.stringContaining('took longer than 20 ms')
  expect(logged).toMatchObject([{ reason }, { reason }])
})

test('the page counts before its layouts, and a form as a call', async () => {
  const { handler } = appOf({
    'a/layout.tsx': { default: Layout, maxDuration: 60 },
    'a/page.tsx': { default: Page, maxDuration: short },
    'b/layout.tsx': { default: Layout, maxDuration: short },
    'b/page.tsx': { default: Page },
  })
  const body = new FormData()
  body.append('$ACTION_ID_slow', '')
  expect((await send(handler, '/a', { method: 'POST', body })).status).toBe(504)
  expect((await send(handler, '/b', { method: 'POST', body })).status).toBe(504)
})

test('a time that is set for the function counts before', async () => {
  const limits = { bodySizeLimit: 10_000, timeout: 20 }
  const page = { default: Page, maxDuration: 60 }
  const { handler } = appOf({ 'a/page.tsx': page }, { 'app/functions.ts#slow': limits })
  expect((await send(handler, '/a', await callOf('slow', []))).status).toBe(504)
})

test('what is no time is an error with the value', async () => {
  const { handler, logged } = appOf({ 'a/page.tsx': { default: Page, maxDuration: 'long' } })
  expect((await send(handler, '/a', await callOf('quick', []))).status).toBe(500)
  expect(logged).toMatchObject([
    { error: { message: expect.stringContaining('`export const maxDuration` is "long"') } },
  ])
})
