import type { ReactNode } from 'react'
import { registerClientReference } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { expect, test, vi } from 'vitest'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp, type Modules, type Setup } from '../../test/support/server-app.ts'
import { call, type PayloadAnswer, sendForPayload } from '../../test/support/server-request.ts'
import { refresh, revalidatePath, updateTag } from '../cache/revalidate.ts'
import { forbidden, notFound } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'
import { regionIdOf } from '../wire/region-handle.ts'
import { hashOfTag } from '../wire/tag.ts'
import { Region } from './region.tsx'
import { sealHandle } from './region-handle.ts'

const Card = ({ id }: { id: string }): string => `card ${id}`
const components = { 'app/card.tsx#Card': Card }

/** As the compiler leaves it. */
function card(id: string) {
  const compiled = { component: 'app/card.tsx#Card' }
  return <Region render={Card} props={{ id }} tags={[`post:${id}`]} {...compiled} />
}

const handleOf = (id: string, path = '/posts'): string =>
  sealHandle({ component: 'app/card.tsx#Card', props: { id }, tags: [`post:${id}`] }, path)!

function setUp(own: Modules = {}, setup: Setup = {}) {
  const ran: string[] = []
  const part =
    (name: string, content: ReactNode = '') =>
    ({ children }: { children?: ReactNode }): ReactNode => {
      ran.push(name)
      return (
        <>
          {name} {content} {children}
        </>
      )
    }
  const modules: Modules = {
    'layout.tsx': { default: part('root'), tags: [] },
    'posts/layout.tsx': { default: part('layout'), tags: ['chrome'] },
    'posts/page.tsx': {
      default: part(
        'page',
        <>
          {card('1')}
          {card('2')}
        </>,
      ),
      tags: ['posts'],
    },
    ...own,
  }
  const functions = {
    update: async (...tags: string[]) => tags.forEach((tag) => updateTag(tag)),
    change: async (what: keyof typeof changes): Promise<unknown> => changes[what](),
  }
  const app = createServerApp({ modules, components, functions, ...setup })
  return { ...app, ran, part }
}

const changes = {
  refresh,
  path: () => revalidatePath('/posts'),
  root: () => revalidatePath('/', 'layout'),
  elsewhere: () => revalidatePath('/elsewhere'),
  cookie: async () => (await cookies()).set('a', '1'),
}

type Setting = ReturnType<typeof setUp>

function update({ handler }: Setting, tags: string[], handles: string[] = []) {
  const headers = handles.length > 0 ? { 'volley-regions': handles.join() } : {}
  return call(handler, 'update', { args: tags, target: '/posts', headers })
}

test('a call renders the regions of its page whose tags it has invalidated', async () => {
  const setting = setUp()
  const { payload } = await update(setting, ['chrome'])
  expect(Object.keys(payload.regions!)).toEqual(['layout:/posts', 'head:page:/posts'])
  // The one above runs for what it may refuse.
  expect(setting.ran.toSorted()).toEqual(['layout', 'root'])
  expect(Object.keys(payload.guards!)).toEqual(['layout:/'])
  expect(payload.route?.chain.map(({ id }) => id)).toEqual([
    'layout:/',
    'layout:/posts',
    'page:/posts',
  ])
})

test('a call that touches nothing of its page renders nothing, and tells its tags', async () => {
  const setting = setUp()
  const { payload } = await update(setting, ['other'])
  expect(payload.regions).toBeUndefined()
  expect(payload.route).toBeUndefined()
  expect(payload.dropped).toEqual([hashOfTag('other')])
  expect(setting.ran).toEqual([])
})

test('a file that says nothing of what it depends on is rendered by every call', async () => {
  const { part } = setUp()
  const untracked = setUp({ 'posts/layout.tsx': { default: part('layout') } })
  const { payload } = await update(untracked, ['other'])
  expect(Object.keys(payload.regions!)).toEqual(['layout:/posts', 'head:page:/posts'])
})

test.for(['refresh', 'path', 'root', 'cookie'] as const)(
  'all of the page is rendered after %s',
  async (what) => {
    const setting = setUp()
    const { payload } = await call(setting.handler, 'change', { args: [what], target: '/posts' })
    expect(Object.keys(payload.regions!)).toHaveLength(4)
    expect(setting.ran).toEqual(['root', 'layout', 'page'])
  },
)

test('another path is no tag of the page', async () => {
  const setting = setUp()
  await call(setting.handler, 'change', { args: ['elsewhere'], target: '/posts' })
  expect(setting.ran).toEqual([])
})

test('a region that the request names is rendered alone, if it was touched', async () => {
  const setting = setUp()
  const handles = [handleOf('1'), handleOf('2')]
  const { payload } = await update(setting, ['post:2'], handles)
  const id = regionIdOf(handles[1]!)
  expect(Object.keys(payload.regions!)).toEqual([id])
  expect(textOf(payload.regions![id])).toBe('card 2')
  expect(payload.route).toBeUndefined()
  expect(payload.outcome).toEqual({ kind: 'value', value: undefined })
  expect(await payload.tags).toEqual([hashOfTag('post:2')])
  expect(setting.ran).toEqual([])
})

test('it comes with a layout that was touched too, and inside of its page where that was', async () => {
  const setting = setUp()
  const handle = handleOf('1')
  const layout = await update(setting, ['chrome', 'post:1'], [handle])
  expect(Object.keys(layout.payload.regions!)).toEqual([
    'layout:/posts',
    'head:page:/posts',
    regionIdOf(handle),
  ])
  const page = await update(setting, ['posts', 'post:1'], [handle])
  expect(Object.keys(page.payload.regions!)).toEqual(['page:/posts', 'head:page:/posts'])
})

test.for([
  ['of another page', () => handleOf('1', '/other')],
  ['that was altered', () => handleOf('1').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
  [
    'of a component that this build has not',
    () => sealHandle({ component: 'app/gone.tsx#Gone', props: {}, tags: ['post:1'] }, '/posts')!,
  ],
  ['that is none', () => 'x'.repeat(60)],
  ['with what is no handle', () => 'a b,%41'],
  [
    'among more than there may be',
    () => Array.from({ length: 21 }, (_, i) => handleOf(`${i}`)).join(),
  ],
] as [string, () => string][])(
  'a handle %s renders nothing in a call, and the page when it is asked for',
  async ([, make]) => {
    const setting = setUp()
    const answer = await update(setting, ['post:1'], [make()])
    expect(answer.status).toBe(200)
    expect(answer.payload.regions).toBeUndefined()
    const { payload, status } = await get(setting, [make()])
    expect(status).toBe(200)
    expect(Object.keys(payload.regions!)).toHaveLength(4)
  },
)

function get({ handler }: Setting, handles: string[], path = '/posts'): Promise<PayloadAnswer> {
  const headers = { 'volley-regions': handles.join(), 'volley-mounted': 'layout:/' }
  return sendForPayload(handler, `/-/payload${path}`, { headers })
}

test('regions that are asked for are rendered without their page and its tracked layouts', async () => {
  const setting = setUp()
  const handles = [handleOf('1'), handleOf('2')]
  const { payload, headers } = await get(setting, handles)
  expect(Object.keys(payload.regions!)).toEqual(handles.map(regionIdOf))
  expect(handles.map((handle) => textOf(payload.regions![regionIdOf(handle)]))).toEqual([
    'card 1',
    'card 2',
  ])
  expect(setting.ran).toEqual([])
  expect(headers.get('cache-control')).toBe('private, no-store')
})

test('a layout that does not say what it depends on may refuse them', async () => {
  let isAllowed = true
  const guard = async ({ children }: { children?: ReactNode }): Promise<ReactNode> => {
    if (!(await Promise.resolve(isAllowed))) forbidden()
    return children
  }
  const setting = setUp({ 'posts/layout.tsx': { default: guard } })
  const handle = handleOf('1')
  const allowed = await get(setting, [handle])
  expect(Object.keys(allowed.payload.regions!)).toEqual([regionIdOf(handle)])
  expect(allowed.payload.guards).toBeDefined()
  isAllowed = false
  const { payload, status } = await get(setting, [handle])
  expect(status).toBe(403)
  expect(Object.values(payload.regions!).map(textOf).join()).not.toContain('card')
})

test('a layout that says what it depends on refuses pages all the same', async () => {
  const refusing = { default: () => forbidden(), tags: [] }
  const { handler } = setUp({ 'posts/layout.tsx': refusing })
  const { payload } = await call(handler, 'update', { args: ['posts'], target: '/posts' })
  expect(Object.values(payload.regions!).map(textOf).join()).not.toContain('page')
  expect(payload.route?.status).toBe(403)
})

test('a template, and what stands for an interruption, is rendered by every call', async () => {
  const setting = setUp({ 'posts/new/page.tsx': { default: () => 'new', tags: [] } })
  const plain = { 'posts/new/loading.tsx': { default: () => 'loading' } }
  const own = { 'posts/new/page.tsx': { default: () => 'new', tags: [] } }
  const at = ({ handler }: Setting): Promise<PayloadAnswer> =>
    call(handler, 'update', { args: ['other'], target: '/posts/new' })
  expect((await at(setting)).payload.regions).toBeUndefined()
  expect((await at(setUp({ ...own, ...plain }))).payload.regions).toBeUndefined()
  for (const file of ['template', 'not-found']) {
    const { payload } = await at(
      setUp({ ...own, [`posts/new/${file}.tsx`]: { default: () => file } }),
    )
    expect(Object.keys(payload.regions!)).toContain('layout:/posts/new')
  }
})

test('a component that nobody can call is rendered with its page, and a client one as it is', async () => {
  const memoized = { 'app/card.tsx#Card': { $$typeof: Symbol.for('react.memo'), type: Card } }
  const whole = await get(setUp({}, { components: memoized }), [handleOf('1')])
  expect(Object.keys(whole.payload.regions!)).toHaveLength(4)
  const client = registerClientReference(() => null, 'card', 'Card')
  const setting = setUp({}, { components: { 'app/card.tsx#Card': client } })
  const { payload } = await get(setting, [handleOf('1')])
  expect(Object.keys(payload.regions!)).toEqual([regionIdOf(handleOf('1'))])
  expect(setting.logged).toEqual([])
})

test('tags may be made of cookies, as long as nobody changes them', async () => {
  const tags = async () => [`user:${(await cookies()).get('user')?.value}`]
  const { handler } = setUp({ 'posts/page.tsx': { default: () => 'page', tags } })
  const by = (user: string) =>
    call(handler, 'update', {
      args: ['user:7'],
      target: '/posts',
      headers: { cookie: `user=${user}` },
    })
  expect(Object.keys((await by('7')).payload.regions!)).toContain('page:/posts')
  expect((await by('8')).payload.regions).toBeUndefined()
})

test('a slow region that is not there is answered by the page, as a fast one is', async () => {
  const slow = async (): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 60))
    return notFound()
  }
  const setting = setUp({}, { components: { 'app/card.tsx#Card': slow } })
  const { payload } = await get(setting, [handleOf('1')])
  expect(payload.route?.chain.at(-1)?.id).toBe('page:/posts')
})

test('a region that throws while its tags are not known yet leaves no rejection behind', async () => {
  const tags = () => new Promise<string[]>((resolve) => setTimeout(resolve, 20, []))
  const page = async (): Promise<string> => notFound()
  const { handler } = setUp({ 'posts/page.tsx': { default: page, tags } })
  const stray = vi.fn()
  process.once('unhandledRejection', stray)
  await sendForPayload(handler, '/-/payload/posts', {})
  await new Promise((resolve) => setTimeout(resolve, 40))
  process.off('unhandledRejection', stray)
  expect(stray).not.toHaveBeenCalled()
})

test('what a region throws is answered by the page', async () => {
  const gone = { 'app/card.tsx#Card': (): void => notFound() }
  const setting = setUp({}, { components: gone })
  const { payload, status } = await get(setting, [handleOf('1')])
  expect(status).toBe(200)
  expect(payload.route?.chain.at(-1)?.id).toBe('page:/posts')
})

test('tags may be made of what the page gets', async () => {
  const tags = async ({ params }: { params: Promise<{ id: string }> }) => [
    `post:${(await params).id}`,
  ]
  const setting = setUp()
  const dynamic = setUp({ 'posts/[id]/page.tsx': { default: setting.part('one'), tags } })
  const at = (id: string): Promise<PayloadAnswer> =>
    call(dynamic.handler, 'update', { args: ['post:7'], target: `/posts/${id}` })
  expect(Object.keys((await at('7')).payload.regions!)).toEqual([
    'page:/posts/[id]?id=7',
    'head:page:/posts/[id]?id=7',
  ])
  expect((await at('8')).payload.regions).toBeUndefined()
})

test('tags of another kind are an error that names the file', async () => {
  const setting = setUp({ 'posts/page.tsx': { default: () => 'page', tags: 'posts' } })
  const { payload } = await update(setting, ['other'])
  expect(Object.keys(payload.regions!)).toContain('error:layout:/')
  const errors = setting.logged.flatMap((event) => (event.kind === 'error' ? [event.error] : []))
  expect(String(errors[0])).toBe(
    'TypeError: The export `tags` of the page /posts must be an array of strings, or a function that returns one, but it is "posts".',
  )
})

test('a page has the tags of its regions and of its files, whichever is invalidated', async () => {
  const { handler } = setUp()
  const { payload } = await sendForPayload(handler, '/-/payload/posts', {})
  const tags = ['chrome', 'posts', 'post:1', 'post:2'].map(hashOfTag)
  expect((await payload.tags)?.toSorted()).toEqual(tags.toSorted())
})

test('properties that cannot be kept for later are an error that names the component', async () => {
  const compiled = { component: 'app/card.tsx#Card' }
  const page = () => <Region render={() => null} props={{ a: <p /> }} tags={[]} {...compiled} />
  const { handler, logged } = setUp({ 'posts/page.tsx': { default: page } })
  await sendForPayload(handler, '/-/payload/posts', {})
  const [error] = logged.flatMap((event) => (event.kind === 'error' ? [String(event.error)] : []))
  expect(error).toContain('The properties of the region of app/card.tsx#Card hold')
})

test('the same region has the same handle, and no other has its id', () => {
  expect(handleOf('1')).toBe(handleOf('1'))
  const others = [handleOf('2'), handleOf('1', '/other'), handleOf('10')]
  expect(new Set([handleOf('1'), ...others].map(regionIdOf)).size).toBe(4)
  expect(Buffer.from(handleOf('canary'), 'base64url').toString('latin1')).not.toContain('canary')
})
