// @vitest-environment happy-dom
import { act, type ReactNode, Suspense } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { prerender } from 'react-dom/static'
import { expect, test } from 'vitest'
import dynamic from './dynamic.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

function Hello({ name = 'you' }: { name?: string }): ReactNode {
  return <p>hello {name}</p>
}

async function html(element: ReactNode): Promise<string> {
  const { prelude } = await prerender(element)
  return new Response(prelude).text()
}

function withoutMarkers(text: string): string {
  return text.replaceAll(/<!--.*?-->/g, '')
}

test('the module of a component is loaded when it is rendered, once', async () => {
  let loads = 0
  const Dynamic = dynamic(async () => {
    loads += 1
    return { default: Hello }
  })
  expect(loads).toBe(0)
  const both = await html([<Dynamic key="a" name="a" />, <Dynamic key="b" name="b" />])
  expect(withoutMarkers(both)).toBe('<p>hello a</p><p>hello b</p>')
  expect(loads).toBe(1)
})

test('a loader may give a named export, and be given as an option', async () => {
  const module = { Hello }
  const Named = dynamic(() => Promise.resolve(module).then((m) => m.Hello))
  const Option = dynamic({ loader: async () => Hello })
  const both = await html([<Named key="a" />, <Option key="b" />])
  expect(withoutMarkers(both)).toBe('<p>hello you</p><p>hello you</p>')
})

test('loading is shown until the module is there', async () => {
  let load = (_component: typeof Hello): void => {}
  const Dynamic = dynamic(() => new Promise<typeof Hello>((resolve) => (load = resolve)), {
    loading: ({ isLoading, error }) => <i>{`${isLoading} ${error}`}</i>,
  })
  const container = document.createElement('div')
  await act(async () => createRoot(container).render(<Dynamic />))
  expect(container.innerHTML).toBe('<i>true null</i>')
  await act(async () => load(Hello))
  expect(container.textContent).toBe('hello you')
})

test('ssr: false renders nothing on the server but loading, and loads when the page has mounted', async () => {
  let loads = 0
  const load = async (): Promise<typeof Hello> => {
    loads += 1
    return Hello
  }
  const Dynamic = dynamic(load, { ssr: false, loading: () => <i>wait</i> })
  const page = (
    <Suspense>
      <Dynamic name="browser" />
    </Suspense>
  )
  const container = document.createElement('div')
  container.innerHTML = await html(page)
  expect([withoutMarkers(container.innerHTML), loads]).toEqual(['<i>wait</i>', 0])

  const errors: unknown[] = []
  await act(async () => {
    hydrateRoot(container, page, { onRecoverableError: (error) => errors.push(error) })
  })
  expect([container.textContent, loads, errors]).toEqual(['hello browser', 1, []])
})
