import { Suspense } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { draftCookie } from '../../test/support/draft-cookie.ts'
import { useMemoryCache } from '../../test/support/memory-cache.ts'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { textOf } from '../../test/support/read-payload.ts'
import { call, send, sendForPayload } from '../../test/support/server-request.ts'
import { cacheTag } from '../cache/cache-tag.ts'
import { revalidatePath, revalidateTag, updateTag } from '../cache/revalidate.ts'
import { cache } from '../cache/use-cache.ts'
import { connection } from '../context/connection.ts'
import { draftMode } from '../context/draft-mode.ts'
import { notFound, redirect } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'
import type { VolleyRequest } from './volley-request.ts'
import { VolleyResponse } from './volley-response.ts'

const { background, reported } = useMemoryCache()
let now = 0
/** A page of its own for each test: what could not be kept once is remembered. */
let path = '/posts'
let tests = 0

beforeEach(() => {
  path = `/posts/${++tests}`
  now = 1_000_000
  vi.spyOn(Date, 'now').mockImplementation(() => now)
})

/** An app whose page counts how often it was rendered. */
function app(page: Record<string, unknown>, show: () => unknown = () => 'shown', more?: Modules) {
  let renders = 0
  const Page = async () => `${String(await show())} ${++renders}`
  return createServerApp({
    modules: { 'posts/[n]/page.tsx': { default: Page, ...page }, ...more },
    functions: {
      'revalidate-path': async () => revalidatePath(path),
      'update-tag': async () => updateTag('posts'),
    },
  })
}

async function get({ handler }: ReturnType<typeof app>, headers: Record<string, string> = {}) {
  const { status, text } = await send(handler, path, { headers })
  return `${status} ${text}`
}

test('a page with a time is rendered once, until the time is over', async () => {
  const kept = app({ revalidate: 60 })
  expect(await get(kept)).toBe('200 ||shown 1')
  expect(await get(kept)).toBe('200 ||shown 1')
  now += 61_000
  expect(await get(kept)).toBe('200 ||shown 1')
  await Promise.all(background)
  expect(await get(kept)).toBe('200 ||shown 2')
  expect(reported).toEqual([])
})

test('the least time of a page and its layouts counts', async () => {
  const Layout = ({ children }: { children: unknown }) => children
  const kept = app({ revalidate: false }, undefined, {
    'layout.tsx': { default: Layout, revalidate: 600 },
    'posts/layout.tsx': { default: Layout, revalidate: 60 },
  })
  await get(kept)
  now += 61_000
  await get(kept)
  await Promise.all(background)
  expect(await get(kept)).toContain('shown 2')
})

test.for([[{}], [{ revalidate: 0 }], [{ revalidate: 60, dynamic: 'force-dynamic' }]])(
  'a page that exports %j is rendered for each visitor',
  async ([page]) => {
    const each = app(page!)
    await get(each)
    expect(await get(each)).toContain('shown 2')
  },
)

test('a time that is none is an error with the value', async () => {
  const { handler, logged } = app({ revalidate: 'soon' })
  expect((await send(handler, path)).status).toBe(500)
  expect(logged).toMatchObject([
    { error: { message: expect.stringContaining('`export const revalidate` is "soon"') } },
  ])
})

test('a page that reads cookies is for its visitor, whatever it exports', async () => {
  const visitor = app({ revalidate: 60 }, async () => (await cookies()).get('user')?.value)
  expect(await get(visitor, { cookie: 'user=ada' })).toContain('ada 1')
  expect(await get(visitor, { cookie: 'user=bob' })).toContain('bob 2')
  const [ada, bob] = await Promise.all([
    get(visitor, { cookie: 'user=ada' }),
    get(visitor, { cookie: 'user=bob' }),
  ])
  expect([ada, bob]).toEqual([expect.stringContaining('ada 3'), expect.stringContaining('bob 4')])
})

test('visitors who come at once never get the page of another one', async () => {
  const visitor = app({ revalidate: 60 }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return (await cookies()).get('user')?.value
  })
  const users = Array.from({ length: 30 }, (_, i) => `user${i}`)
  const pages = await Promise.all(users.map((user) => get(visitor, { cookie: `user=${user}` })))
  for (const [i, page] of pages.entries()) expect(page).toContain(`${users[i]} `)
})

test('a page that reads cookies late, behind its head, is for its visitor too', async () => {
  const Late = async () => {
    await new Promise((resolve) => setTimeout(resolve, 60))
    return <>{(await cookies()).get('user')?.value}</>
  }
  const visitor = app({ revalidate: 60, default: () => <Late /> })
  expect(await get(visitor, { cookie: 'user=ada' })).toContain('ada')
  expect(await get(visitor, { cookie: 'user=bob' })).toContain('bob')
})

test('a page that needs a request is not kept', async () => {
  const each = app({ revalidate: 60 }, connection)
  await get(each)
  expect(await get(each)).toContain(' 2')
})

test('a page that is forced to be static sees no cookies', async () => {
  const kept = app(
    { dynamic: 'force-static' },
    async () => `user ${(await cookies()).get('user')?.value}`,
  )
  expect(await get(kept, { cookie: 'user=ada' })).toContain('user undefined 1')
  expect(await get(kept, { cookie: 'user=bob' })).toContain('user undefined 1')
})

test.for(['revalidate-path', 'update-tag'])('%s makes a kept page anew', async (id) => {
  const read = cache(
    async () => {
      cacheTag('posts')
      return 'posts'
    },
    'id',
    'name',
  )
  const kept = app({ revalidate: 60 }, read)
  await get(kept)
  await call(kept.handler, id, { target: path })
  // The call's own answer has rendered it too.
  expect(await get(kept)).toContain('posts 3')
  expect(await get(kept)).toContain('posts 3')
})

test('a page lives no longer than the cached work in it', async () => {
  let reads = 0
  const read = cache(async () => ++reads, 'id', 'name')
  const kept = app({ revalidate: 100_000 }, read)
  expect(await get(kept)).toContain('1 1')
  now += 901_000
  await get(kept)
  await Promise.all(background.splice(0))
  await get(kept)
  await Promise.all(background)
  expect(await get(kept)).toContain('2 ')
})

test('a page of which a part has failed is not kept', async () => {
  let attempts = 0
  const Part = async () => {
    if (++attempts === 1) throw new Error('no database')
    return <>{`attempt ${attempts}`}</>
  }
  const { handler } = app({
    revalidate: 60,
    default: () => (
      <Suspense>
        <Part />
      </Suspense>
    ),
  })
  const target = `/-/payload${path}`
  const shown = async () => {
    const { payload } = await sendForPayload(handler, target)
    const id = payload.route!.chain.at(-1)!.id
    return textOf(payload.regions![id])
  }
  await expect(shown()).rejects.toThrow()
  expect(await shown()).toBe('attempt 2')
  expect(await shown()).toBe('attempt 3')
  expect(await shown()).toBe('attempt 3')
})

test('what is not found is not kept', async () => {
  const each = app({ revalidate: 60 }, () => notFound())
  expect((await send(each.handler, path)).status).toBe(404)
  expect((await send(each.handler, path)).status).toBe(404)
})

test('a payload is kept for each set of layouts that the browser lacks', async () => {
  const { handler } = app({ revalidate: 60 })
  const mounted = { 'volley-mounted': encodeURIComponent('layout:/') }
  const all = await sendForPayload(handler, `/-/payload${path}`)
  expect(Object.keys(all.payload.regions!)).toContain('layout:/')
  const some = await sendForPayload(handler, `/-/payload${path}`, { headers: mounted })
  expect(Object.keys(some.payload.regions!)).not.toContain('layout:/')
  const again = await sendForPayload(handler, `/-/payload${path}`, { headers: mounted })
  expect(textOf(again.payload.regions![again.payload.route!.chain.at(-1)!.id])).toBe('shown 2')
})

test.for(['?q=a', '?', '/', '//'])(
  'a page that is asked for with %j behind its path takes no room',
  async (end) => {
    const { handler } = app({ revalidate: 60 })
    const textAt = async (target: string) => (await send(handler, target)).text
    await textAt(path)
    const other = [await textAt(path + end), await textAt(path + end)]
    expect(other).not.toContain('||shown 1')
    expect(new Set(other).size).toBe(end === '//' ? 1 : 2)
    expect(await textAt(path)).toBe('||shown 1')
  },
)

test.for<[string, () => unknown, number]>([
  ['is gone', () => notFound(), 404],
  ['redirects', () => redirect('/elsewhere'), 303],
])('a kept page that %s by now is not shown once more than it must', async ([, end, status]) => {
  let show = (): unknown => 'post'
  const kept = app({ revalidate: 60 }, () => show())
  await get(kept)
  show = end
  now += 61_000
  expect(await get(kept)).toBe('200 ||post 1')
  await Promise.allSettled(background.splice(0))
  expect((await send(kept.handler, path)).status).toBe(status)
  show = () => 'restored'
  await get(kept)
  expect(await get(kept)).toMatch(/^200 \|\|restored/)
})

test('a page that fails in the background is shown as it was, until it can be made again', async () => {
  let show = (): unknown => 'old'
  const kept = app({ revalidate: 60 }, () => show())
  await get(kept)
  show = () => {
    throw new Error('no database')
  }
  now += 61_000
  for (let visits = 0; visits < 3; visits++) {
    expect(await get(kept)).toContain('old 1')
    await Promise.allSettled(background.splice(0))
  }
  show = () => 'new'
  expect(await get(kept)).toContain('old 1')
  await Promise.allSettled(background.splice(0))
  expect(await get(kept)).toContain('new')
  expect(await get(kept)).toContain('new')
})

test('what a page is kept with is as fresh as the page', async () => {
  let value = 'old'
  const read = cache(
    async () => {
      cacheTag('posts')
      return value
    },
    'part',
    'part',
  )
  const kept = createServerApp({
    modules: { 'posts/[n]/page.tsx': { default: read, revalidate: false } },
    functions: { stale: async () => revalidateTag('posts', 'max') },
  })
  expect(await get(kept)).toContain('old')
  value = 'new'
  await call(kept.handler, 'stale', { target: path })
  expect(await get(kept)).toContain('old')
  await Promise.all(background.splice(0))
  expect(await get(kept)).toContain('new')
})

test('a page that is forced to be static is so in the answer of a call', async () => {
  const forced = app(
    { dynamic: 'force-static' },
    async () => `user ${(await cookies()).get('user')?.value}`,
  )
  const { payload } = await call(forced.handler, 'revalidate-path', {
    target: path,
    headers: { cookie: 'user=ada' },
  })
  expect(textOf(payload.regions![payload.route!.chain.at(-1)!.id])).toContain('user undefined')
})

test('a kept page comes compressed to who takes that, and plain to others', async () => {
  const { handler } = app({ revalidate: 60 })
  const zipped = await send(handler, path, { headers: { 'accept-encoding': 'gzip, br' } })
  const plain = await send(handler, path)
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect([zipped.text, plain.text]).toEqual(['||shown 1', '||shown 1'])
  for (const { headers } of [zipped, plain]) {
    expect(headers.get('vary')).toBe('accept-encoding')
    expect(headers.get('cache-control')).toBe('private, no-store')
  }
})

test('development keeps no pages', async () => {
  const Page = vi.fn(async () => 'shown')
  const { handler } = createServerApp({
    modules: { 'page.tsx': { default: Page, revalidate: 60 } },
    isDevelopment: true,
  })
  await send(handler, '/')
  await send(handler, '/')
  expect(Page).toHaveBeenCalledTimes(2)
})

test('a page is kept for the least time of its slots, and not with what a browser keeps', async () => {
  const slot = { default: async () => 'slot', revalidate: 30 }
  const { handler } = app({ revalidate: 60 }, () => 'shown', {
    '@team/posts/[n]/page.tsx': slot,
    '@modal/login/page.tsx': slot,
    '@modal/default.tsx': { default: () => null },
    'posts/[n]/more/page.tsx': { default: async () => `more ${++renders}`, revalidate: 60 },
    '@team/default.tsx': { default: () => null },
  })
  let renders = 0
  const shown = async (): Promise<string> => (await send(handler, path)).text
  const first = await shown()
  now += 29_000
  expect(await shown()).toBe(first)
  now += 2_000
  await shown()
  await Promise.all(background)
  expect(await shown()).not.toBe(first)

  const more = (headers: Record<string, string>) =>
    sendForPayload(handler, `/-/payload${path}/more`, { headers })
  await more({})
  await more({})
  expect(renders).toBe(1)
  await more({ 'volley-slots': '%2Flogin' })
  await more({ 'volley-slots': '%2Flogin' })
  expect(renders).toBe(3)
})

test('who previews drafts gets a page of their own, and leaves the kept one', async () => {
  const kept = app({ revalidate: 60 }, async () =>
    (await draftMode()).isEnabled ? 'draft' : 'shown',
  )
  const cookie = await draftCookie()
  expect(await get(kept)).toBe('200 ||shown 1')
  expect(await get(kept, { cookie })).toBe('200 ||draft 2')
  expect(await get(kept, { cookie })).toBe('200 ||draft 3')
  expect(await get(kept)).toBe('200 ||shown 1')
})

test('a page that is forced to be static knows of drafts, and of no cookies', async () => {
  const show = async () => `${(await draftMode()).isEnabled} ${(await cookies()).size}`
  const kept = app({ dynamic: 'force-static' }, show)
  const cookie = await draftCookie()
  expect(await get(kept, { cookie })).toBe('200 ||true 0 1')
  expect(await get(kept)).toBe('200 ||false 0 2')
})

test('an error of the page that is made again in the background says so', async () => {
  let isBroken = false
  const kept = app({ revalidate: 60 }, async () => {
    if (isBroken) throw new Error('no data')
    return 'shown'
  })
  await get(kept)
  isBroken = true
  now += 61_000
  expect(await get(kept)).toBe('200 ||shown 1')
  await Promise.all(background)
  expect(kept.logged).toMatchObject([{ kind: 'error', source: { revalidateReason: 'stale' } }])
})

test('a rewritten page is kept for its address, and not for search parameters of a visitor', async () => {
  const { handler } = createServerApp({
    modules: { 'posts/[n]/page.tsx': { default: () => 'shown', revalidate: 60 } },
    middleware: {
      middleware: ({ nextUrl, url }: VolleyRequest) =>
        nextUrl.pathname.startsWith('/short')
          ? VolleyResponse.rewrite(new URL(path, url))
          : undefined,
    },
  })
  const addressOf = async (target: string) =>
    (await sendForPayload(handler, `/-/payload${target}`)).payload.route?.href
  for (const address of ['/short/1?q=mine', '/short/1', '/short/2', path, '/short/1']) {
    expect(await addressOf(address)).toBe(address)
  }
})
