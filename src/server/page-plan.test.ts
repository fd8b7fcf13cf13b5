import { isValidElement, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { sendForPayload } from '../../test/support/server-request.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'
import { routeOf } from './page-plan.ts'
import { planTarget } from './plan-target.ts'
import { parseTarget } from './target.ts'

const page = { default: () => 'page' }
const layout = { default: (props: { children: ReactNode }) => props.children }

async function plan(modules: Modules, href: string) {
  const { app } = createServerApp({ modules })
  const planned = await planTarget(app, parseTarget(href)!)
  return planned!
}

async function chain(modules: Modules, href: string): Promise<string[]> {
  return routeOf(await plan(modules, href)).chain.map(({ id }) => id)
}

test('a directory without a layout or a boundary is no region', async () => {
  expect(await chain({ 'a/b/page.tsx': page }, '/a/b')).toEqual(['layout:/', 'page:/a/b'])
})

test.for(['loading', 'not-found', 'forbidden', 'unauthorized', 'template'])(
  'a directory with %s alone is a region',
  async (kind) => {
    const modules = { [`a/${kind}.tsx`]: page, 'a/b/page.tsx': page }
    expect(await chain(modules, '/a/b')).toEqual(['layout:/', 'layout:/a', 'page:/a/b'])
  },
)

test('groups are part of a region’s id, and of the segments, but not of the path', async () => {
  const planned = await plan({ '(shop)/layout.tsx': layout, '(shop)/cart/page.tsx': page }, '/cart')
  const route = routeOf(planned)
  expect(route.chain.map(({ id, depth }) => [id, depth])).toEqual([
    ['layout:/', 0],
    ['layout:/(shop)', 1],
    ['page:/(shop)/cart', 2],
  ])
  expect(route.segments).toEqual(['(shop)', 'cart'])
  expect(route.tags).toContain(hashOfTag(tagOfPath('/cart', 'page')))
})

test('a page has the tag of its route', async () => {
  const route = routeOf(await plan({ '(shop)/[id]/page.tsx': page }, '/7'))
  expect(route.tags).toContain(hashOfTag(tagOfPath('/[id]', 'page')))
  expect(route.tags).not.toContain(hashOfTag(tagOfPath('/', 'page')))
})

test('a route handler has no plan', async () => {
  const { app } = createServerApp({ modules: { 'api/route.ts': { GET: () => null } } })
  expect(await planTarget(app, parseTarget('/api')!)).toBeNull()
})

/** What each layout and the page of a path get as `params`. */
async function paramsOf(dir: string, href: string): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  const note = (name: string) => ({
    default: async (props: { params: Promise<object>; children?: ReactNode }) => {
      seen[name] = await props.params
      return props.children
    },
  })
  const parts = dir.split('/')
  const layouts = parts.map((_, i) => parts.slice(0, i + 1).join('/'))
  const { handler } = createServerApp({
    modules: {
      ...Object.fromEntries(layouts.map((at) => [`${at}/layout.tsx`, note(at)])),
      [`${dir}/page.tsx`]: note('page'),
    },
  })
  await sendForPayload(handler, `/-/payload${href}`)
  return seen
}

test('a layout gets the parameters of its own path, the page all of them', async () => {
  expect(await paramsOf('[shop]/items/[item]', '/a%20b/items/7')).toEqual({
    '[shop]': { shop: 'a b' },
    '[shop]/items': { shop: 'a b' },
    '[shop]/items/[item]': { shop: 'a b', item: '7' },
    page: { shop: 'a b', item: '7' },
  })
})

test('a catch-all is a list, and an empty optional one is absent', async () => {
  expect(await paramsOf('docs/[...path]', '/docs/a/b')).toMatchObject({
    'docs/[...path]': { path: ['a', 'b'] },
    page: { path: ['a', 'b'] },
  })
  expect(await paramsOf('docs/[[...path]]', '/docs')).toEqual({
    docs: {},
    'docs/[[...path]]': {},
    page: {},
  })
})

test('a page that is planned again with other search parameters is another region', async () => {
  const modules = { 'page.tsx': page }
  expect(await chain(modules, '/?q=a')).toEqual(['layout:/', 'page:/?q=a'])
  expect((await plan(modules, '/?q=a')).head.id).toBe('head:page:/?q=a')
})

test('the outlet of a layout holds the boundaries of its directory', async () => {
  let children: ReactNode
  const { handler } = createServerApp({
    modules: {
      'a/layout.tsx': { default: (props: { children: ReactNode }) => (children = props.children) },
      'a/loading.tsx': { default: () => 'loading' },
      'a/not-found.tsx': { default: () => 'nothing' },
      'a/page.tsx': page,
    },
  })
  await sendForPayload(handler, '/-/payload/a')
  expect(isValidElement<object>(children) && Object.keys(children.props)).toEqual([
    'of',
    'loading',
    'not-found',
  ])
})
