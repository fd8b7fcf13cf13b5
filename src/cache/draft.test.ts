import { beforeEach, expect, test } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { draftCookie } from '../../test/support/draft-cookie.ts'
import { useMemoryCache } from '../../test/support/memory-cache.ts'
import { draftMode } from '../context/draft-mode.ts'
import { createContext, runInContext, type RequestContext } from '../context/request-context.ts'
import { cookies } from '../context/request-state.ts'
import { cacheTag } from './cache-tag.ts'
import { cached } from './cached.ts'
import { cache } from './use-cache.ts'

useMemoryCache()

let cookie = ''
beforeEach(async () => {
  cookie = await draftCookie()
})

const visitor = (): RequestContext => createContext('render', 'page', contextRequest())
const editor = (): RequestContext => createContext('render', 'page', contextRequest({ cookie }))

test('cached work is done anew for who previews drafts, and kept for nobody', async () => {
  let runs = 0
  const read = cached(async () => ++runs, { key: 'anew' })
  const readAs = (context: RequestContext): Promise<number> => runInContext(context, read)
  expect([await readAs(visitor()), await readAs(visitor())]).toEqual([1, 1])
  const context = editor()
  expect([await readAs(context), await readAs(context), await readAs(editor())]).toEqual([2, 3, 4])
  expect(await readAs(visitor())).toBe(1)
})

test('those who come while it is done do not get a draft', async () => {
  const done = Promise.withResolvers<void>()
  const read = cached(
    async () => {
      const { isEnabled } = await draftMode()
      await done.promise
      return isEnabled
    },
    { key: 'meanwhile' },
  )
  const reads = [editor(), visitor(), editor()].map((context) => runInContext(context, read))
  done.resolve()
  expect(await Promise.all(reads)).toEqual([true, false, true])
})

test('cached work within cached work is for the same visitor', async () => {
  const inner = cached(async () => (await draftMode()).isEnabled, { key: 'inner' })
  const outer = cached(async () => inner(), { key: 'outer' })
  expect(await runInContext(visitor(), outer)).toBe(false)
  expect(await runInContext(editor(), outer)).toBe(true)
  expect(await runInContext(visitor(), outer)).toBe(false)
})

test('a draft may not read the request, has tags, and does not wait for itself', async () => {
  const readsCookies = cached(async () => String(await cookies()), { key: 'cookies' })
  await expect(runInContext(editor(), readsCookies)).rejects.toThrow(
    /cookies\(\) was called in cached/,
  )
  const tagged = cache(async () => cacheTag('posts'), 'tagged', 'app/a.ts#read')
  const context = editor()
  await runInContext(context, tagged)
  expect([...context.dependencies.tags]).toEqual(['posts'])
  const endless: () => Promise<unknown> = cached(async () => endless(), { key: 'endless' })
  await expect(runInContext(editor(), endless)).rejects.toThrow(/needs its own result/)
})
