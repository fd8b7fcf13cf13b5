import { expect, test, vi } from 'vitest'
import type { Route } from '../wire/payload.ts'
import { answerOf, type Answer } from './answer.ts'
import { fetchAhead, forget, recall, remember, takeAhead } from './memory.ts'
import { type PageState, regionsOf } from './page-state.ts'

let counter = 0

type Parts = { layouts?: string[]; tags?: string[]; data?: string[] | 'arriving' | 'lost' }

/** The answer that a page comes with: `tags` are those of its path, and `data` those of its data. */
async function answerWith(href: string, parts: Parts = {}): Promise<Answer> {
  const { layouts = [], tags = [href], data = [] } = parts
  const ids = ['layout:/', ...layouts, `page:${href}`]
  const chain = ids.map((id, depth) => ({ id, depth }))
  const head = `head:${href}`
  const route: Route = { href, status: 200, chain, head, params: {}, segments: [], tags }
  const stamp = { instance: 'i', counter: ++counter }
  const regions = Object.fromEntries([...ids, head].map((id) => [id, `${counter} ${id}`]))
  const answer = answerOf({ build: 'b', stamp, route, regions, tags: promised(data) }, 0)
  if (data !== 'arriving') await answer.ended
  return answer
}

function promised(data: string[] | 'arriving' | 'lost'): Promise<string[]> {
  if (data === 'lost') return Promise.reject(new Error('Connection closed.'))
  return data === 'arriving' ? new Promise(() => {}) : Promise.resolve(data)
}

/** A visit to the page of an answer; layouts of another one are kept. */
function visit({ payload, made }: Answer, mounted?: PageState): PageState {
  const regions = { ...regionsOf(payload, made), ...layoutsOf(mounted) }
  const page: PageState = {
    route: payload.route as Route,
    regions,
    entry: { kind: 'pop', key: '' },
    version: 0,
  }
  remember(page)
  return page
}

function layoutsOf(page?: PageState): PageState['regions'] {
  const entries = Object.entries(page?.regions ?? {})
  return Object.fromEntries(entries.filter(([id]) => id.startsWith('layout:')))
}

/** What a call is answered with, with the page that it was made from. */
async function answerThatDrops(dropped: string[], from = '/from'): Promise<Answer> {
  const answer = await answerWith(from, { data: 'arriving' })
  return { ...answer, payload: { ...answer.payload, dropped } }
}

function kept(...hrefs: string[]): string[] {
  return hrefs.filter((href) => recall(href))
}

test('the fifty pages that were visited last are remembered', async () => {
  for (let i = 0; i < 50; i++) visit(await answerWith(`/${i}`))
  visit(await answerWith('/0'))
  visit(await answerWith('/50'))
  expect(kept('/0', '/1', '/2', '/50')).toEqual(['/0', '/2', '/50'])
  forget()
})

test('pages with a dropped tag are forgotten, be it of their path or of their data, and no others', async () => {
  visit(await answerWith('/path', { tags: ['a', 'b'] }))
  visit(await answerWith('/data', { data: ['c', 'a'] }))
  visit(await answerWith('/other', { data: ['d'] }))
  forget(await answerThatDrops(['a', 'e']))
  expect(kept('/path', '/data', '/other')).toEqual(['/other'])
  forget()
  expect(kept('/other')).toEqual([])
})

test('of a page that is still arriving, or broke off, nobody knows what it shows', async () => {
  visit(await answerWith('/arriving', { data: 'arriving' }))
  visit(await answerWith('/lost', { data: 'lost' }))
  forget(await answerThatDrops([]))
  expect(kept('/arriving', '/lost')).toEqual(['/arriving', '/lost'])
  forget(await answerThatDrops(['x']))
  expect(kept('/arriving', '/lost')).toEqual([])
})

test('a layout that the answer does not bring counts with the data that it came with', async () => {
  const layouts = ['layout:/blog']
  const first = visit(await answerWith('/blog/a', { layouts, data: ['of a layout'] }))
  visit(await answerWith('/blog/b', { layouts }), first)
  visit(await answerWith('/about'), first)
  forget(await answerThatDrops(['of a layout']))
  expect(kept('/blog/a', '/blog/b', '/about')).toEqual(['/about'])
})

test('what the answer brings is new on the other pages that have it, and has none of its tags yet', async () => {
  visit(await answerWith('/about'))
  const answer = await answerThatDrops(['x'])
  forget(answer)
  const layout = recall('/about')?.regions['layout:/']
  expect(layout).toEqual({ element: answer.payload.regions?.['layout:/'], from: answer.made })
  expect(recall('/about')?.regions['page:/about']?.from).not.toBe(answer.made)
  expect(recall('/about')?.route.href).toBe('/about')
})

test('what was fetched ahead is good for thirty seconds, and forgotten with any invalidation', async () => {
  const answer = await answerThatDrops([])
  vi.useFakeTimers()
  const fetchIt = vi.fn(() => new Promise<Answer>(() => {}))
  fetchAhead('/next', fetchIt)
  vi.advanceTimersByTime(29_000)
  fetchAhead('/next', fetchIt)
  expect(fetchIt).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(takeAhead('/next')).toBeUndefined()
  fetchAhead('/next', fetchIt)
  forget(answer)
  expect(takeAhead('/next')).toBeUndefined()
  vi.useRealTimers()
})

test('a page that could not be fetched ahead is no error, but none', async () => {
  fetchAhead('/lost', () => Promise.reject(new Error('lost')))
  expect(await takeAhead('/lost')).toBeNull()
})
