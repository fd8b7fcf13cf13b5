// @vitest-environment happy-dom
import type { FragmentInstance } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type OpenPage, openPage, settle, value } from '../../test/support/open-page.ts'
import { type MountedRegion, tracker } from '../view/tracker.ts'
import { mountedHeader, regionsHeader } from '../wire/header.ts'
import { maxHandles } from '../wire/region-handle.ts'
import { withArity } from '../wire/reference.ts'
import { createCallServer } from './call.ts'
import { trackRegions } from './tracked-regions.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

trackRegions()

const callServer = createCallServer('parallel')
const like = withArity('like', 0)

/** Puts a tracked region of the page on the screen, with a tag of its own name. */
function mount(id: string, parts: Partial<MountedRegion> = {}): FragmentInstance {
  const instance = {} as FragmentInstance
  const file = 'page:/posts'
  const region = { id, handle: `handle-${id}`, tags: [id], file, around: [], ...parts }
  const unmount = tracker.track!(instance, region)
  onTestFinished(unmount)
  return instance
}

/** Calls while the listeners of an event run that has these regions around its target, from the inside. */
function callFrom(...regions: FragmentInstance[]): void {
  const around = regions.reduceRight<object | null>(
    (parentNode, instance) => ({ parentNode, reactFragments: new Set([instance]) }),
    null,
  )
  vi.stubGlobal('event', { target: { parentNode: around } })
  void callServer(like, [])
  vi.stubGlobal('event', undefined)
}

function returned(parts: Parameters<typeof value>[0]) {
  return value({ outcome: { kind: 'value', value: null }, ...parts })
}

function asked({ sent }: OpenPage): [line: string, regions: string | undefined][] {
  return sent.map(({ line, headers }) => [line, headers[regionsHeader]])
}

test('a call names the regions around its event, and none where it comes from no event', async () => {
  const page = openPage('/posts')
  const [outer, inner] = [mount('outer'), mount('inner', { around: ['outer'] })]
  mount('elsewhere')
  callFrom(inner, outer)
  await page.answer('POST /posts', returned({}))
  void callServer(like, [])
  await settle()
  expect(asked(page)).toEqual([
    ['POST /posts', 'handle-inner,handle-outer'],
    ['POST /posts', undefined],
  ])
})

test('what a call has touched and not brought is fetched, each region with those inside of it', async () => {
  const page = openPage('/posts')
  mount('a')
  mount('inside', { around: ['a'], tags: ['a'] })
  mount('b')
  mount('untouched')
  callFrom()
  await page.answer('POST /posts', returned({ dropped: ['a', 'b'] }))
  expect(asked(page).slice(1)).toEqual([['GET /posts', 'handle-a,handle-b']])
  await page.answer('GET /posts', value({ regions: { a: 'a again', b: 'b again' } }))
  expect(page.screen()).toMatchObject({ a: 'a again', b: 'b again' })
  expect(page.sent).toHaveLength(2)
})

test('what an answer has brought is shown, and not fetched', async () => {
  const page = openPage('/posts')
  callFrom(mount('brought'))
  const regions = { brought: 'brought again' }
  await page.answer('POST /posts', returned({ dropped: ['brought'], regions }))
  expect(page.screen()).toMatchObject({ ...regions, 'page:/posts': 'first page:/posts' })
  expect(page.sent).toHaveLength(1)
})

test('a region that appears after its tag was touched is fetched', async () => {
  const page = openPage('/posts')
  callFrom()
  await page.answer('POST /posts', returned({ dropped: ['hidden'] }))
  expect(page.sent).toHaveLength(1)
  mount('hidden')
  await settle()
  expect(asked(page).slice(1)).toEqual([['GET /posts', 'handle-hidden']])
  await page.answer('GET /posts', value({ regions: { hidden: 'again' } }))
})

test('of more regions than a request may name the page is fetched', async () => {
  const page = openPage('/posts')
  for (let index = 0; index <= maxHandles; index++) mount(`many-${index}`, { tags: ['many'] })
  callFrom()
  await page.answer('POST /posts', returned({ dropped: ['many'] }))
  expect(asked(page).slice(1)).toEqual([['GET /posts', undefined]])
  // As one that has nothing yet.
  expect(page.sent[1]!.headers).toMatchObject({ [mountedHeader]: '' })
  await page.answer('GET /posts', 'lost')
})

test('a region that is fetched in vain stays as it is, and its call has its value', async () => {
  const page = openPage('/posts')
  mount('lost')
  const calling = callServer(like, [])
  await page.answer('POST /posts', returned({ dropped: ['lost'] }))
  const before = page.screen()
  await page.answer('GET /posts', 'lost')
  expect(await calling).toBe(null)
  expect([page.screen(), page.documents]).toEqual([before, []])
})
