// @vitest-environment happy-dom
import { act, createRef } from 'react'
import { expect, test, vi } from 'vitest'
import { find, showComponent } from '../../test/support/show-page.tsx'
import { Link, type LinkProps } from './link.tsx'

async function show(props: Partial<LinkProps> = {}) {
  const shown = await showComponent(
    <Link href="/posts" {...props}>
      Posts
    </Link>,
  )
  const link = find('a')
  const fire = async (event: Event): Promise<boolean> => {
    // happy-dom would follow a link that nobody stopped.
    const stop = (late: Event) => late.preventDefault()
    let isLeft = true
    const look = (late: Event) => (isLeft = !late.defaultPrevented)
    addEventListener('click', look)
    addEventListener('click', stop)
    await act(async () => link.dispatchEvent(event))
    removeEventListener('click', look)
    removeEventListener('click', stop)
    return isLeft
  }
  const click = (init: MouseEventInit = {}) =>
    fire(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }))
  return { ...shown, link, click, fire }
}

test('a click goes to the page without loading a document', async () => {
  const { link, click, asked } = await show({ className: 'nav' })
  expect(link.outerHTML).toBe('<a class="nav" href="/posts">Posts</a>')
  expect(await click()).toBe(false)
  expect(asked).toEqual(['push /posts {}'])
})

test('replace and scroll reach the router; an href may come in parts', async () => {
  const href = { pathname: '/posts', query: { page: 2 }, hash: 'top' }
  const { click, asked } = await show({ href, replace: true, scroll: false })
  await click()
  expect(asked).toEqual(['replace /posts?page=2#top {"scroll":false}'])
})

test.for<[string, Partial<LinkProps>, MouseEventInit]>([
  ['with the control key', {}, { ctrlKey: true }],
  ['with the command key', {}, { metaKey: true }],
  ['with the shift key', {}, { shiftKey: true }],
  ['with another button', {}, { button: 1 }],
  ['on a link to another window', { target: '_blank' }, {}],
  ['on a download', { download: 'posts.txt' }, {}],
  ['on a link to another site', { href: 'https://example.com/' }, {}],
  ['on a mail address', { href: 'mailto:ada@example.com' }, {}],
  ['that the app has dealt with', { onClick: (event) => event.preventDefault() }, {}],
])('a click %s is not the router’s', async ([, props, init]) => {
  const { click, asked } = await show(props)
  const isLeftToTheBrowser = await click(init)
  expect([asked, isLeftToTheBrowser]).toEqual([[], !props.onClick])
})

test('onNavigate is called before a navigation, and may stop it', async () => {
  const onNavigate = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
  const { click, asked } = await show({ onNavigate })
  expect(await click()).toBe(false)
  await click({ ctrlKey: true })
  expect([onNavigate.mock.calls.length, asked]).toEqual([1, []])
})

test('a link that is pointed at or focused is fetched ahead, unless it says no', async () => {
  const events = () => [new FocusEvent('focusin', { bubbles: true }), pointer()]
  const pointer = () => new PointerEvent('pointerover', { bubbles: true })
  const own = vi.fn()
  const eager = await show({ onFocus: own, onPointerEnter: own })
  for (const event of events()) await eager.fire(event)
  expect(eager.asked).toEqual(['prefetch /posts', 'prefetch /posts'])
  expect(own).toHaveBeenCalledTimes(2)
})

test('prefetch={false} never fetches ahead', async () => {
  const { fire, asked } = await show({ prefetch: false })
  await fire(new PointerEvent('pointerover', { bubbles: true }))
  expect(asked).toEqual([])
})

test('prefetch={true} fetches ahead what can be seen, by one observer for all links', async () => {
  const observers: { report: IntersectionObserverCallback; observed: Set<Element> }[] = []
  class Observer {
    readonly observed = new Set<Element>()
    readonly report: IntersectionObserverCallback
    constructor(report: IntersectionObserverCallback) {
      this.report = report
      observers.push(this)
    }
    observe = (element: Element) => this.observed.add(element)
    unobserve = (element: Element) => this.observed.delete(element)
  }
  vi.stubGlobal('IntersectionObserver', Observer)
  const { asked, show: change } = await showComponent(
    <>
      <Link href="/a" prefetch />
      <Link href="/b" prefetch />
      <Link href="/c" />
    </>,
  )
  const [observer] = observers
  const entries = [...observer!.observed].map((target, i) => ({ target, isIntersecting: i === 1 }))
  observer!.report(entries as IntersectionObserverEntry[], null as never)
  expect([observers.length, entries.length, asked]).toEqual([
    1,
    2,
    [`prefetch ${location.origin}/b`],
  ])
  await change({ regions: {} })
  expect(observer!.observed.size).toBe(0)
})

test('a ref of the app’s own gets the element', async () => {
  const ref = createRef<HTMLAnchorElement>()
  const { link } = await show({ ref })
  expect(ref.current).toBe(link)
})
