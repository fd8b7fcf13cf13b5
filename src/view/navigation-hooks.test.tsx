// @vitest-environment happy-dom
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { routeOf, type Shown, showPage, text } from '../../test/support/show-page.tsx'
import {
  useParams,
  usePathname,
  useRouter,
  useSearchParams,
  useSelectedLayoutSegment,
  useSelectedLayoutSegments,
} from './navigation-hooks.ts'
import { Outlet } from './outlet.tsx'

function show(component: () => ReactNode): Promise<Shown> {
  const route = { ...routeOf('/blog/7?q=a%20b&q=c', 'layout:/'), params: { id: '7' } }
  return showPage({ route, regions: { 'layout:/': documentOf(component) } })
}

function documentOf(Component: () => ReactNode): ReactNode {
  return (
    <html>
      <body>
        <Component />
      </body>
    </html>
  )
}

test('the address of the page, in parts', async () => {
  await show(() => {
    const search = useSearchParams()
    return JSON.stringify([usePathname(), search.getAll('q'), useParams<{ id: string }>().id])
  })
  expect(text()).toBe('["/blog/7",["a b","c"],"7"]')
})

test('search parameters cannot be changed', async () => {
  await show(() => {
    const search: URLSearchParams = useSearchParams()
    expect(() => search.set('q', 'x')).toThrow(/^Copy useSearchParams\(\) to change it/)
    return new URLSearchParams(search).size
  })
  expect(text()).toBe('2')
})

test('the router stays the same while pages come and go', async () => {
  const routers = new Set()
  const component = () => String(routers.add(useRouter()).size)
  const page = await show(component)
  await page.show({
    route: routeOf('/about', 'layout:/'),
    regions: { 'layout:/': documentOf(component) },
  })
  expect(text()).toBe('1')
})

test('the selected segments are those below the layout that asks', async () => {
  function Segments(): ReactNode {
    return `${useSelectedLayoutSegment()} of ${useSelectedLayoutSegments().join('/')}; `
  }
  const chain = [
    { id: 'layout:/', depth: 0 },
    { id: 'layout:/(shop)/items', depth: 2 },
    { id: 'page:/(shop)/items/[id]?id=7', depth: 3 },
  ]
  const route = { ...routeOf('/items/7'), chain, segments: ['(shop)', 'items', '7'] }
  const document = (
    <html>
      <body>
        <Segments />
        <Outlet of="layout:/" />
      </body>
    </html>
  )
  const section = [<Segments key="s" />, <Outlet key="o" of={chain[1]!.id} />]
  const regions = { 'layout:/': document, [chain[1]!.id]: section, [chain[2]!.id]: <Segments /> }
  await showPage({ route, regions })
  expect(text()).toBe('(shop) of (shop)/items/7; 7 of 7; null of ; ')
})

test('the selected segments of a slot are its own, within it and above', async () => {
  function Segments({ slot }: { slot?: string }): ReactNode {
    return `${useSelectedLayoutSegment(slot)} of ${useSelectedLayoutSegments(slot).join('/')}; `
  }
  const segments = ['members', '7']
  const chain = [
    { id: 'layout:/', depth: 0 },
    { id: 'page:/settings', depth: 1 },
    { id: 'layout:/@team/members', depth: 1, segments, of: 'team layout:/' },
    { id: 'page:/@team/members/[id]?id=7', depth: 2, segments },
  ]
  const route = { ...routeOf('/settings'), chain, segments: ['settings'] }
  const document = (
    <html>
      <body>
        <Segments slot="children" />
        <Segments slot="team" />
        <Segments slot="gone" />
        <Outlet of="team layout:/" />
      </body>
    </html>
  )
  const within = [<Segments key="s" />, <Outlet key="o" of={chain[2]!.id} />]
  const regions = { 'layout:/': document, [chain[2]!.id]: within, [chain[3]!.id]: <Segments /> }
  await showPage({ route, regions })
  expect(text()).toBe('settings of settings; members of members/7; null of ; 7 of 7; null of ; ')
})
