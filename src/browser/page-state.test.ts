import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Route } from '../wire/payload.ts'
import {
  type Dated,
  isContested,
  isLater,
  type PageState,
  type Update,
  updatePage,
} from './page-state.ts'

const entry = { kind: 'pop', key: 'k' } as const

function routeTo(href: string): Route {
  const chain = ['layout:/', `page:${href}`].map((id, depth) => ({ id, depth }))
  return { href, status: 200, chain, head: `head:${href}`, params: {}, segments: [], tags: [] }
}

function made(counter: number, instance = 'a', [sentAt, arrivedAt] = [counter, counter]): Dated {
  return { stamp: { instance, counter }, sentAt, arrivedAt }
}

function regionsBy(from: Dated, ids: string[]): Update['regions'] {
  const element = `${from.stamp.instance}${from.stamp.counter}`
  return Object.fromEntries(ids.map((id) => [id, { element, from }]))
}

const ids = ['layout:/', 'page:/posts', 'head:/posts']
const start: PageState = {
  route: routeTo('/posts'),
  regions: regionsBy(made(1), ids),
  entry,
  version: 0,
}

function elementsOf({ regions }: PageState): unknown {
  return Object.fromEntries(Object.entries(regions).map(([id, { element }]) => [id, element]))
}

test('of each region the newer one wins, whichever answer came last', () => {
  const newer = { regions: regionsBy(made(3), ['page:/posts']), version: 1 }
  const older = { regions: regionsBy(made(2), ['page:/posts', 'layout:/']), version: 2 }
  const state = [newer, older].reduce(updatePage, start)
  expect(elementsOf(state)).toEqual({ 'layout:/': 'a2', 'page:/posts': 'a3', 'head:/posts': 'a1' })
})

test('the order in which React applies updates of a page does not matter', () => {
  const updates = fc.uniqueArray(fc.integer({ min: 2, max: 99 }), { minLength: 1, maxLength: 6 })
  const withOrder = updates.chain((counters) =>
    fc.tuple(fc.constant(counters), fc.shuffledSubarray(counters, { minLength: counters.length })),
  )
  fc.assert(
    fc.property(withOrder, ([counters, shuffled]) => {
      const toUpdate = (counter: number): Update => {
        const some = ids.filter((_, i) => (counter >> i) % 2 === 1)
        return { regions: regionsBy(made(counter), some), version: counter }
      }
      const states = [counters, shuffled].map((list) =>
        list.map(toUpdate).reduce(updatePage, start),
      )
      expect(states[0]).toEqual(states[1])
    }),
  )
})

test('only the regions of the route stay, and kept layouts stay as they are', () => {
  const route = routeTo('/about')
  const regions = regionsBy(made(2), ['page:/about', 'head:/about'])
  const state = updatePage(start, { route, regions, version: 1 })
  expect(elementsOf(state)).toEqual({ 'layout:/': 'a1', 'page:/about': 'a2', 'head:/about': 'a2' })
  expect(state.regions['layout:/']).toBe(start.regions['layout:/'])
})

test('regions that are no longer mounted are dropped', () => {
  const late = { regions: regionsBy(made(9), ['page:/gone']), version: 1 }
  expect(elementsOf(updatePage(start, late))).toEqual(elementsOf(start))
})

test('between instances, a request that was sent after the other answer arrived is newer', () => {
  const first = made(50, 'a', [1, 4])
  expect(isLater(made(2, 'b', [5, 9]), first)).toBe(true)
  expect(isLater(first, made(2, 'b', [5, 9]))).toBe(false)
  expect(isLater(made(2, 'b', [3, 9]), first)).toBeNull()
})

test('regions are contested only where requests to different instances overlapped', () => {
  const before = { ...start, regions: regionsBy(made(1, 'a', [1, 4]), ids) }
  expect(isContested(before, regionsBy(made(7, 'b', [3, 5]), ['page:/posts']))).toBe(true)
  expect(isContested(before, regionsBy(made(7, 'b', [5, 6]), ['page:/posts']))).toBe(false)
  expect(isContested(before, regionsBy(made(7, 'a', [3, 5]), ['page:/posts']))).toBe(false)
  expect(isContested(before, regionsBy(made(7, 'b', [3, 5]), ['page:/other']))).toBe(false)
})
