import { expect, test } from 'vitest'
import { createActiveList } from './active-list.ts'

test('what was added is there until it is taken out, in whatever order', () => {
  const list = createActiveList<string>()
  const [takeA, takeB, takeC] = ['a', 'b', 'c'].map((item) => list.add(item))
  expect(list.items().toSorted()).toEqual(['a', 'b', 'c'])
  takeA!()
  expect(list.items().toSorted()).toEqual(['b', 'c'])
  takeC!()
  expect(list.items()).toEqual(['b'])
  takeB!()
  expect(list.size).toBe(0)
})

test('what is taken out twice takes nothing else with it', () => {
  const list = createActiveList<string>()
  const take = list.add('a')
  list.add('b')
  expect([take(), take()]).toEqual([true, false])
  expect(list.items()).toEqual(['b'])
})

test('equal items are several', () => {
  const list = createActiveList<string>()
  list.add('a')
  list.add('a')()
  expect(list.items()).toEqual(['a'])
})
