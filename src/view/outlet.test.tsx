// @vitest-environment happy-dom
import { act, type ReactNode, useState } from 'react'
import { expect, test } from 'vitest'
import { find, routeOf, showPage, text } from '../../test/support/show-page.tsx'
import { ControlFlowError } from '../wire/control-flow.ts'
import type { ChainLink } from '../wire/payload.ts'
import { Outlet, type OutletProps, TemplateSlot } from './outlet.tsx'
import type { ErrorView } from './router-context.ts'

function layout(props: Partial<OutletProps> = {}): ReactNode {
  return (
    <html>
      <body>
        <Outlet of="layout:/" {...props} />
      </body>
    </html>
  )
}

function Throws({ error }: { error: unknown }): never {
  throw error
}

/** Throws when it is clicked, as a component does whose call failed in a transition. */
function Fragile({ error, children }: { error: unknown; children?: ReactNode }): ReactNode {
  const [failed, setFailed] = useState(false)
  if (failed) throw error
  return (
    <button type="button" onClick={() => setFailed(true)}>
      {children ?? 'fragile'}
    </button>
  )
}

function click(selector = 'button'): Promise<void> {
  return act(async () => find(selector).click())
}

const OwnError: ErrorView = ({ error, reset }) => (
  <button type="button" onClick={reset}>
    own {error.message}
  </button>
)

const notFound = new ControlFlowError({ kind: 'not-found' })

test('an outlet shows the region below its own in the current route', async () => {
  const layouts = {
    'layout:/': layout(),
    'layout:/posts': ['section ', <Outlet key="o" of="layout:/posts" />],
  }
  const page = await showPage({
    route: routeOf('/posts', 'layout:/', 'layout:/posts', 'page:/posts'),
    regions: { ...layouts, 'page:/posts': 'posts' },
  })
  expect(text()).toBe('section posts')
  const regions = { ...layouts, 'page:/about': 'about' }
  await page.show({ route: routeOf('/about', 'layout:/', 'page:/about'), regions })
  expect(text()).toBe('about')
})

test('the metadata of the page goes into the head, before the rest', async () => {
  const regions = { 'layout:/': layout(), 'page:/': 'page', head: <title>Hello</title> }
  await showPage({ route: routeOf('/', 'layout:/', 'page:/'), regions })
  expect([document.title, text()]).toEqual(['Hello', 'page'])
})

test('other search parameters keep the state of a page; another path does not', async () => {
  function Counter(): ReactNode {
    const [count, setCount] = useState(0)
    return (
      <button type="button" onClick={() => setCount(count + 1)}>
        {count}
      </button>
    )
  }
  const show = (href: string) => ({
    route: routeOf(href, 'layout:/', `page:${href}`),
    regions: { 'layout:/': layout(), [`page:${href}`]: <Counter /> },
  })
  const page = await showPage(show('/posts'))
  await click()
  await page.show(show('/posts?page=2'))
  expect(text()).toBe('1')
  await page.show(show('/about'))
  expect(text()).toBe('0')
})

/** The root layout with a slot, and what the two show. */
function slotPage(slot: Partial<ChainLink> & { id: string }, element: ReactNode, href = '/') {
  const route = routeOf(href, 'layout:/', `page:${href}`)
  const chain = [...route.chain, { depth: 0, segments: [], of: 'team layout:/', ...slot }]
  const root = (
    <html>
      <body>
        <Outlet of="layout:/" /> and <Outlet of="team layout:/" />
      </body>
    </html>
  )
  const regions = { 'layout:/': root, [`page:${href}`]: 'page', [slot.id]: element }
  return { route: { ...route, chain }, regions }
}

test('a slot shows its own region, and nothing where it has none', async () => {
  const { show } = await showPage(slotPage({ id: 'page:/@team' }, 'team'))
  expect(text()).toBe('page and team')
  const { route, regions } = slotPage({ id: 'page:/@team' }, 'team')
  await show({ route: { ...route, chain: route.chain.slice(0, 2) }, regions })
  expect(text()).toBe('page and ')
})

test('a page in a slot keeps its state for as long as its own path stays', async () => {
  const fragile = <Fragile error={new Error('clicked')} />
  const at = (key: string, href: string) => slotPage({ id: 'page:/@team', key }, fragile, href)
  const errors = { 'layout:/@team': <Outlet of="layout:/@team" error={OwnError} /> }
  const shown = (key: string, href: string) => {
    const { route, regions } = at(key, href)
    const layoutLink = { id: 'layout:/@team', depth: 0, segments: [], of: 'team layout:/' }
    const [root, page, slot] = route.chain
    const chain = [root!, page!, layoutLink, { id: slot!.id, depth: 0, segments: [], key }]
    return { route: { ...route, chain }, regions: { ...regions, ...errors } }
  }
  const { show } = await showPage(shown('/a', '/a'))
  const button = find('button')
  await show(shown('/a', '/b'))
  expect(find('button')).toBe(button)
  await show(shown('/c', '/c'))
  expect(find('button')).not.toBe(button)
})

test('an interruption in a slot of the root layout, without a file, is told in its place', async () => {
  await showPage(slotPage({ id: 'page:/@team' }, <Throws error={notFound} />))
  expect(text()).toBe('page and 404 This page could not be found.')
})

test('a template stands around the region and starts anew with another one', async () => {
  let mounted = 0
  function Template(): ReactNode {
    const [number] = useState(() => ++mounted)
    return (
      <>
        {number}:<TemplateSlot />
      </>
    )
  }
  const show = (href: string) => ({
    route: routeOf(href, 'layout:/', `page:${href}`),
    regions: { 'layout:/': layout({ template: <Template /> }), [`page:${href}`]: href },
  })
  const page = await showPage(show('/a'))
  expect(text()).toBe('1:/a')
  await page.show(show('/b'))
  expect(text()).toBe('2:/b')
})

test('loading is shown until the region is there', async () => {
  const { promise, resolve } = Promise.withResolvers<ReactNode>()
  const regions = {
    'layout:/': layout({ loading: 'loading' }),
    'page:/': promise as unknown as ReactNode,
  }
  await showPage({ route: routeOf('/', 'layout:/', 'page:/'), regions })
  expect(text()).toBe('loading')
  await act(async () => resolve('ready'))
  expect(text()).toBe('ready')
})

test('an error shows the nearest error file, and its reset asks for the page again', async () => {
  const route = routeOf('/', 'layout:/', 'page:/')
  const regions = {
    'layout:/': layout({ error: OwnError }),
    'page:/': <Fragile error={new Error('oops')} />,
  }
  const page = await showPage({ route, regions })
  await click()
  expect(text()).toBe('own oops')
  await click()
  expect([text(), page.asked]).toEqual(['fragile', ['refresh']])
})

test('an error is gone as soon as the page brings anything new', async () => {
  const route = routeOf('/', 'layout:/', 'page:/')
  const layouts = { 'layout:/': layout({ error: OwnError }) }
  const page = await showPage({
    route,
    regions: { ...layouts, 'page:/': <Throws error={new Error('oops')} /> },
  })
  expect(text()).toBe('own oops')
  await page.show({ regions: { ...layouts, 'page:/': 'fine' } })
  expect(text()).toBe('fine')
})

test('an error that comes together with new regions is shown all the same', async () => {
  const route = routeOf('/', 'layout:/', 'page:/')
  const layouts = { 'layout:/': layout({ error: OwnError }) }
  const page = await showPage({ route, regions: { ...layouts, 'page:/': 'fine' } })
  await page.show({ regions: { ...layouts, 'page:/': <Throws error={new Error('oops')} /> } })
  expect(text()).toBe('own oops')
})

test('global-error takes the place of the document', async () => {
  const GlobalError: ErrorView = ({ error }) => (
    <html>
      <body>global {error.message}</body>
    </html>
  )
  const route = routeOf('/', 'layout:/', 'page:/')
  const regions = { 'layout:/': layout(), 'page:/': <Throws error={new Error('oops')} /> }
  await showPage({ route, regions, globalError: GlobalError })
  expect(text()).toBe('global oops')
})

test('what no file answers for takes the place of the document', async () => {
  const route = routeOf('/', 'layout:/', 'page:/')
  const fails = { 'layout:/': layout(), 'page:/': <Throws error={new Error('oops')} /> }
  const failing = await showPage({ route, regions: fails })
  expect(text()).toBe('Something went wrong.oopsTry again')
  await failing.show({ regions: { ...fails, 'page:/': 'fine' } })
  expect(text()).toBe('fine')
})

test('a root layout that fails is replaced by a document', async () => {
  const route = routeOf('/', 'layout:/', 'page:/')
  const oops = { 'layout:/': <Throws error={new Error('oops')} /> }
  const page = await showPage({ route, regions: oops })
  expect(text()).toBe('Something went wrong.oopsTry again')
  await page.show({ regions: { 'layout:/': <Throws error={notFound} /> } })
  expect(text()).toBe('404 This page could not be found.')
})

test.for([
  ['not-found', '404 This page could not be found.'],
  ['forbidden', '403 Forbidden'],
  ['unauthorized', '401 Unauthorized'],
] as const)('%s shows the nearest file for it, else Volley’s own text', async ([kind, own]) => {
  const error = new ControlFlowError({ kind })
  const route = routeOf('/a', 'layout:/', 'layout:/a', 'page:/a')
  const section = (props: Partial<OutletProps>) => [
    'section ',
    <Outlet key="o" of="layout:/a" {...props} />,
  ]
  const regions = { 'layout:/': layout(), 'page:/a': <Throws error={error} /> }
  const page = await showPage({
    route,
    regions: { ...regions, 'layout:/a': section({ [kind]: 'a file' }) },
  })
  expect(text()).toBe('section a file')
  expect(find('meta[name=robots]').getAttribute('content')).toBe('noindex')
  await page.show({ regions: { ...regions, 'layout:/a': section({ error: OwnError }) } })
  expect(text()).toBe(own)
})

test('a redirect while rendering is followed, in place of the history’s entry', async () => {
  const error = new ControlFlowError({
    kind: 'redirect',
    to: '/sign-in',
    permanent: false,
    history: null,
  })
  const route = routeOf('/', 'layout:/', 'page:/')
  const layouts = { 'layout:/': layout({ error: OwnError }) }
  const page = await showPage({
    route,
    regions: { ...layouts, 'page:/': <Throws error={error} /> },
  })
  expect([text(), page.asked]).toEqual(['', ['replace /sign-in']])
  await page.show({ regions: { ...layouts, 'page:/': 'signed in' } })
  expect(text()).toBe('signed in')
})

test('a redirect of a call was followed before: what made the call is shown again', async () => {
  const flow = { kind: 'redirect', to: '/x', permanent: false, history: null } as const
  const error = Object.assign(new ControlFlowError(flow), { followed: true })
  const route = routeOf('/', 'layout:/', 'page:/')
  const page = await showPage({
    route,
    regions: { 'layout:/': layout(), 'page:/': <Fragile error={error} /> },
  })
  await click()
  expect([text(), page.asked]).toEqual(['fragile', []])
})

test('a followed redirect that is thrown by every rendering ends all the same', async () => {
  const flow = { kind: 'redirect', to: '/x', permanent: false, history: null } as const
  const error = Object.assign(new ControlFlowError(flow), { followed: true })
  const route = routeOf('/', 'layout:/', 'page:/')
  const page = await showPage({
    route,
    regions: { 'layout:/': layout(), 'page:/': <Throws error={error} /> },
  })
  expect([text(), page.asked]).toEqual(['', []])
})
