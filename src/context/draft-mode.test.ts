import { afterEach, beforeEach, expect, test } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { draftMode, installDraftMode, isDraft } from './draft-mode.ts'
import { createContext, runInContext, type Phase } from './request-context.ts'
import { cookieJar } from './request-state.ts'

beforeEach(() => installDraftMode(['new', 'old'], { isDevelopment: false }))
afterEach(() => installDraftMode(['another'], { isDevelopment: true }))

function contextOf(cookie = '', phase: Phase = 'function') {
  return createContext(phase, 'app/actions.ts#save', contextRequest(cookie ? { cookie } : {}))
}

/** The cookie that a browser would send back. */
async function enabled(): Promise<string> {
  const context = contextOf()
  await runInContext(context, async () => (await draftMode()).enable())
  return String(cookieJar(context))
}

test('it is enabled and disabled at once, by a cookie that only the server reads', async () => {
  const context = contextOf()
  const draft = await runInContext(context, draftMode)
  expect(draft.isEnabled).toBe(false)
  draft.enable()
  expect(draft.isEnabled).toBe(true)
  expect(cookieJar(context).setCookieHeaders()).toEqual([
    expect.stringMatching(
      /^__prerender_bypass=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=None$/,
    ),
  ])
  draft.disable()
  expect(draft.isEnabled).toBe(false)
  expect(cookieJar(context).setCookieHeaders()).toEqual([
    expect.stringMatching(/^__prerender_bypass=; Path=\/; Expires=Thu, 01 Jan 1970/),
  ])
})

test('development, which is served by http, sends a cookie that http may carry', async () => {
  installDraftMode(['new'], { isDevelopment: true })
  const context = contextOf()
  await runInContext(context, async () => (await draftMode()).enable())
  const [header] = cookieJar(context).setCookieHeaders()
  expect(header).toMatch(/HttpOnly; SameSite=Lax$/)
  expect(header).not.toContain('Secure')
})

test('the cookie counts as long as its secret is in the ring', async () => {
  const cookie = await enabled()
  expect(isDraft(contextOf(`a=1; ${cookie}`))).toBe(true)
  installDraftMode(['newer', 'new'], { isDevelopment: false })
  expect(isDraft(contextOf(cookie))).toBe(true)
  installDraftMode(['newer'], { isDevelopment: false })
  expect(isDraft(contextOf(cookie))).toBe(false)
})

test.for(['', '1', 'x'.repeat(43), 'x'.repeat(4000)])(
  'the value %j of another enables nothing',
  (value) => {
    expect(isDraft(contextOf(`__prerender_bypass=${value}`))).toBe(false)
  },
)

test.for(['render', 'after', 'late', 'cached'] as const)(
  'it can be read, and not changed, in the phase %s',
  async (phase) => {
    const draft = await runInContext(contextOf(await enabled(), phase), draftMode)
    expect(draft.isEnabled).toBe(true)
    expect(draft.enable).toThrow(
      /draftMode\(\)\.enable\(\) was called .* \(app\/actions\.ts#save\)/,
    )
    expect(draft.disable).toThrow(/draftMode\(\)\.disable\(\) was called/)
  },
)

test('to ask for it does not make what is rendered one visitor’s', async () => {
  const context = contextOf('', 'render')
  await runInContext(context, async () => (await draftMode()).isEnabled)
  expect(context.dependencies.readsRequest).toBe(null)
})

test('outside of a request nobody is in draft mode', async () => {
  await expect(draftMode()).rejects.toThrow(/draftMode\(\) was called outside a request/)
})
