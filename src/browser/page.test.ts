// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { openPage, page } from '../../test/support/open-page.ts'
import { connectRoot, show } from './page.ts'
import { regionsOf, type Update } from './page-state.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

test('an update of a page has all of its regions, for React may apply it before an older one', () => {
  openPage('/posts')
  const updates: Update[] = []
  connectRoot({ wait: () => {}, update: (update) => updates.push(update) })
  const made = { stamp: { instance: 'i', counter: 99 }, sentAt: 1, arrivedAt: 2 }
  const section = page('/shop', 'section')
  show({ route: section.route, regions: regionsOf(section as never, made) })
  const { route, regions = {} } = page('/shop/7', 'item')
  const own = Object.fromEntries(
    Object.entries(regions).filter(([id]) => !id.startsWith('layout:')),
  )
  show({ route, regions: regionsOf({ regions: own } as never, made) })
  expect(Object.keys(updates[1]!.regions)).toEqual([
    'layout:/',
    'layout:/shop',
    'page:/shop/7',
    'head:/shop/7',
  ])
})
