// @vitest-environment happy-dom
import { act, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { DetachedWindowAPI } from 'happy-dom'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import Script from './script.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

// Nothing is fetched here: whether a script is found is for the test to say.
const { settings } = (window as unknown as { happyDOM: DetachedWindowAPI }).happyDOM
settings.handleDisabledFileLoadingAsSuccess = true

let unmount = (): void => {}

async function render(element: ReactNode): Promise<void> {
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(element))
  unmount = () => root.unmount()
}

function inserted(): HTMLScriptElement[] {
  return [...document.body.querySelectorAll('script')]
}

afterEach(async () => {
  await act(async () => unmount())
  document.body.innerHTML = ''
})

test('a script is inserted when the page has mounted, with its attributes', async () => {
  const script = <Script src="/a.js" crossOrigin="anonymous" data-x="1" className="c" async />
  expect(renderToString(script)).toBe('')
  await render(script)
  expect(inserted().map(({ outerHTML }) => outerHTML)).toEqual([
    '<script src="/a.js" crossorigin="anonymous" data-x="1" class="c" async=""></script>',
  ])
})

test('it is loaded once: onLoad is called once, onReady for each that mounts', async () => {
  const calls: string[] = []
  const script = (name: string): ReactNode => (
    <Script
      src="/b.js"
      onLoad={() => calls.push(`load ${name}`)}
      onReady={() => calls.push(`ready ${name}`)}
    />
  )
  await render(script('one'))
  expect(calls).toEqual(['load one', 'ready one'])
  await render(script('two'))
  expect(inserted()).toHaveLength(1)
  expect(calls).toEqual(['load one', 'ready one', 'ready two'])
})

test('a script that failed tells onError, and is loaded again by the next', async () => {
  const errors: unknown[] = []
  const script = <Script src="/c.js" onError={(error) => errors.push(error)} />
  settings.handleDisabledFileLoadingAsSuccess = false
  await render(script)
  settings.handleDisabledFileLoadingAsSuccess = true
  expect(String(errors)).toMatch(/Could not load .*\/c\.js/)
  await render(script)
  expect(inserted()).toHaveLength(2)
})

test('an inline script runs, and is told from others by its id', async () => {
  const calls: string[] = []
  await render(
    <StrictMode>
      <Script id="d" onLoad={() => calls.push('load')}>{`window.d = 1`}</Script>
      <Script id="e" dangerouslySetInnerHTML={{ __html: 'window.e = 1' }} />
    </StrictMode>,
  )
  expect(inserted().map(({ id, textContent }) => [id, textContent])).toEqual([
    ['d', 'window.d = 1'],
    ['e', 'window.e = 1'],
  ])
  expect(calls).toEqual(['load'])
})

test('a lazy script waits until the browser is idle, and is not inserted when it has gone by then', async () => {
  const waiting: (() => void)[] = []
  Object.assign(window, { requestIdleCallback: (run: () => void) => waiting.push(run) })
  await render(<Script src="/f.js" strategy="lazyOnload" />)
  expect(inserted()).toEqual([])
  waiting.shift()?.()
  expect(inserted()).toHaveLength(1)

  await render(<Script src="/g.js" strategy="lazyOnload" />)
  await act(async () => unmount())
  waiting.shift()?.()
  expect(inserted()).toHaveLength(1)
})

test('a script that comes before all others is in the HTML', async () => {
  const calls: string[] = []
  const onReady = (): void => void calls.push('ready')
  const script = <Script src="/h.js" strategy="beforeInteractive" onReady={onReady} />
  expect(renderToString(script)).toBe('<script src="/h.js"></script>')
  expect(renderToString(<Script strategy="beforeInteractive">{'a < b'}</Script>)).toBe(
    '<script>a < b</script>',
  )
  await render(script)
  expect(calls).toEqual(['ready'])
})
