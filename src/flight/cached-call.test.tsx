import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { cache, Suspense, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { Outlet } from '../view/outlet.tsx'
import { cachedCall, textOfValue, valueOfText } from './cached-call.ts'
import { installFunctionTable, referenceOf } from './function-table.ts'
import { isOfBuild } from './kept-text.ts'
import { renderFlight } from './render.ts'
import { register } from './server-functions.ts'

type Wrap = (props: { title: string; children: ReactNode }) => ReactNode

const Frame: Wrap = ({ title, children }) => (
  <section>
    <h1>{title}</h1>
    {children}
  </section>
)

/** What a page sends that shows this. */
async function sent(node: unknown): Promise<string> {
  const errors: unknown[] = []
  const stream = renderFlight({ node }, { onError: (error) => String(errors.push(error)) })
  const text = (await buffer(stream.pipe(new PassThrough()))).toString()
  expect(errors).toEqual([])
  return text
}

/** Runs a component's call, and reads its kept text for another one. */
async function kept(component: (props: never) => unknown, props: object, later: object = props) {
  const run = (of: object) => component(of as never)
  const first = await cachedCall([props])
  const text = await first.run(run as (...args: unknown[]) => unknown)
  const second = await cachedCall([later])
  return { text, keys: [first.key, second.key], value: await second.read(text) }
}

test('elements come back with client components, and are rendered to the end', async () => {
  const Slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return <i>slow</i>
  }
  const Page = () => (
    <main>
      <Outlet of="layout:/" />
      <Suspense fallback="…">
        <Slow />
      </Suspense>
    </main>
  )
  const { text, value } = await kept(Page, {})
  expect(isOfBuild(text)).toBe(true)
  const page = await sent(value)
  expect(page).toContain('slow')
  expect(page).toMatch(/outlet\.tsx\$\$cache=\w+"/)
  expect(page).toContain('layout:/')
})

test('children are no part of the key, and each reader sees its own', async () => {
  const now = { title: 'A', children: <p>mine</p> }
  const later = { title: 'A', children: <p>yours</p> }
  const { text, keys, value } = await kept(Frame, now, later)
  expect(keys[0]).toBe(keys[1])
  expect(text).not.toMatch(/mine|yours/)
  const page = await sent(value)
  expect(page).toContain('yours')
  expect(page).not.toContain('mine')
})

test('plain properties are part of the key', async () => {
  const children = <p>mine</p>
  const { keys } = await kept(Frame, { title: 'A', children }, { title: 'B', children })
  expect(keys[0]).not.toBe(keys[1])
})

test('a server function can be passed through, and not be called', async () => {
  const calls: string[] = []
  const save = register(async () => void calls.push('called'), 'save-id', 'app/a.ts#save')
  installFunctionTable(
    new Map([['save-id', { name: 'app/a.ts#save', load: () => Promise.resolve(save) }]]),
  )
  const { value } = await kept(({ action }: { action: unknown }) => ({ list: [action] }), {
    action: save,
  })
  expect((value as { list: unknown[] }).list[0]).toBe(save)
  const Caller = ({ action }: { action: () => Promise<void> }) => action()
  await expect(kept(Caller, { action: save })).rejects.toThrow('It can only pass it on')
  expect(calls).toEqual([])
})

test('a server function that cached work returns is the one of the table', async () => {
  const save = register(async () => undefined, 'own-id', 'app/a.ts#own')
  installFunctionTable(
    new Map([['own-id', { name: 'app/a.ts#own', load: () => Promise.resolve(save) }]]),
  )
  const { value } = await kept(() => ({ save: save.bind(null) }), {})
  expect(referenceOf((value as { save: unknown }).save)?.id).toBe('own-id')
})

test("what React's cache() remembers of a page does not reach cached work", async () => {
  let visitor = 'ada'
  const currentUser = cache(() => ({ name: visitor }))
  let text = ''
  const Page = async () => {
    const { name } = currentUser()
    visitor = 'bob'
    text = await (await cachedCall([])).run(() => currentUser().name)
    return `${name} ${currentUser().name}`
  }
  expect(await sent(<Page />)).toContain('ada ada')
  expect(await valueOfText(text)).toBe('bob')
})

test('cached work remembers by cache() within itself', async () => {
  let reads = 0
  const read = cache(() => ++reads)
  const call = await cachedCall([])
  const text = await call.run(async () => [read(), await Promise.resolve().then(() => read())])
  expect(await valueOfText(text)).toEqual([1, 1])
})

test('arguments that are promises count as what they hold', async () => {
  const params = (slug: string) => ({ params: Promise.resolve({ slug }) })
  const show = async ({ params: given }: ReturnType<typeof params>) => (await given).slug
  const { keys, value } = await kept(show, params('a'), params('b'))
  expect(keys[0]).not.toBe(keys[1])
  expect(value).toBe('a')
})

test.for([
  ['text', 'plain', false],
  ['bytes', new Uint8Array([0, 200, 255]), true],
  ['a Map', new Map([['ü€', new Date(0)]]), false],
] as const)('%s comes back', async ([, value, isFlight]) => {
  const text = await textOfValue(value)
  expect(isOfBuild(text)).toBe(isFlight)
  expect(await valueOfText(text)).toEqual(value)
})

test('what a component in the result throws is the error of the work', async () => {
  const error = new Error('no database')
  const Broken = () => {
    throw error
  }
  const Page = () => (
    <Suspense>
      <Broken />
    </Suspense>
  )
  await expect(kept(Page, {})).rejects.toBe(error)
})
