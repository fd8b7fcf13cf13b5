// @vitest-environment happy-dom
import {
  act,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useOptimistic,
  useTransition,
} from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  type OpenPage,
  openPage,
  page,
  routeTo,
  settle,
  value,
} from '../../test/support/open-page.ts'
import { find, text } from '../../test/support/show-page.tsx'
import { useRouter } from '../view/navigation-hooks.ts'
import { Outlet } from '../view/outlet.tsx'
import { PageContext } from '../view/router-context.ts'
import type { Payload } from '../wire/payload.ts'
import { withArity } from '../wire/reference.ts'
import { answerOf } from './answer.ts'
import { createCallServer } from './call.ts'
import { router } from './navigate.ts'
import { beginPage, latest } from './page.ts'
import { idsOf } from './page-state.ts'
import { Root } from './root.tsx'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

/** Shows a page of one layout with React, on top of the page that stands for the server. */
async function show(element: ReactNode): Promise<OpenPage> {
  const open = openPage('/start')
  const { route } = latest
  const document = (
    <html>
      <body>
        {element}
        <Outlet of="layout:/" />
      </body>
    </html>
  )
  const section = <Outlet of="layout:/start" />
  const elements = [document, section, 'start', null]
  const regions = Object.fromEntries(idsOf(route).map((id, i) => [id, elements[i]]))
  beginPage(answerOf({ ...(value() as Payload<ReactNode>), route, regions }, 0))
  const root = createRoot(globalThis.document)
  onTestFinished(() => act(async () => root.unmount()))
  await act(async () => root.render(<Root globalError={undefined} />))
  return open
}

/** A page below the mounted root layout alone. */
function below(href: string, element: unknown): Parameters<OpenPage['answer']>[1] {
  const route = routeTo(href)
  const chain = [route.chain[0]!, route.chain[2]!]
  const regions = { [chain[1]!.id]: element as string, [route.head]: '' }
  return { ...page(href, ''), route: { ...route, chain }, regions }
}

function Mover(): ReactNode {
  const { push } = useRouter()
  const [isPending, start] = useTransition()
  return (
    <button type="button" onClick={() => start(() => push('/next'))}>
      {isPending ? 'pending ' : 'idle '}
    </button>
  )
}

const like = withArity('like', 1)

test('a transition around push() is pending until the page is on the screen', async () => {
  const { answer } = await show(<Mover />)
  await act(async () => find('button').click())
  expect(text()).toBe('pending start')
  await act(async () => answer('GET /next', below('/next', 'next')))
  expect(text()).toBe('idle next')
})

test('a transition is pending while the page is still arriving', async () => {
  const { answer } = await show(<Mover />)
  await act(async () => find('button').click())
  let end = () => {}
  const encode = (row: string) => new TextEncoder().encode(row)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const payload = below('/next', '$L1')
      controller.enqueue(encode(`0:${JSON.stringify(payload)}\n`))
      end = () => {
        controller.enqueue(encode('1:"next"\n'))
        controller.close()
      }
    },
  })
  const headers = { 'content-type': 'text/x-component' }
  await act(async () => answer('GET /next', new Response(body, { headers })))
  expect([text(), location.pathname]).toEqual(['pending start', '/start'])
  await act(async () => {
    end()
    await settle()
  })
  expect([text(), location.pathname]).toEqual(['idle next', '/next'])
})

test('a navigation is on the screen while a transition still waits for its call', async () => {
  const call = createCallServer('parallel')
  function Caller(): ReactNode {
    const [isPending, start] = useTransition()
    return (
      <button type="button" onClick={() => start(async () => void (await call(like, [])))}>
        {isPending ? 'calling ' : 'idle '}
      </button>
    )
  }
  const { answer } = await show(<Caller />)
  await act(async () => find('button').click())
  router.push('/next')
  await act(async () => answer('GET /next', below('/next', 'next')))
  expect([text(), location.pathname]).toEqual(['calling next', '/next'])
  await act(async () => answer('POST /start', value({ outcome: { kind: 'value', value: 1 } })))
  expect(text()).toBe('idle next')
})

test('the value of a call and its regions are on the screen at the same time', async () => {
  const call = createCallServer('parallel')
  const seen: string[] = []
  function Liker(): ReactNode {
    const [isPending, start] = useTransition()
    useLayoutEffect(() => void seen.push(`${isPending} ${text()}`))
    return <button type="button" onClick={() => start(async () => void (await call(like, [])))} />
  }
  const { answer } = await show(<Liker />)
  await act(async () => find('button').click())
  const { route } = latest
  const outcome = { kind: 'value', value: 1 } as const
  const regions = { 'page:/start': 'liked' }
  await act(async () =>
    answer('POST /start', value({ outcome, route, regions, dropped: ['/start'] })),
  )
  expect(text()).toBe('liked')
  expect(seen).toEqual(['false start', 'true start', 'false liked'])
})

/** The answer of a call that invalidated the page: what it shows now. */
function shows(start: string): Parameters<OpenPage['answer']>[1] {
  const outcome = { kind: 'value', value: 1 } as const
  const { route } = latest
  return value({ outcome, route, regions: { 'page:/start': start }, dropped: ['/start'] })
}

test('a guess stays until the answer of its own call is shown, while others are pending (60)', async () => {
  const call = createCallServer('parallel')
  const seen: string[] = []
  function Thread(): ReactNode {
    const said = useContext(PageContext).regions['page:/start']?.element as string
    const [shown, guess] = useOptimistic(said, (all, more: string) => `${all} ${more}?`)
    const [, start] = useTransition()
    useLayoutEffect(() => void seen.push(shown), [shown])
    const say = (more: string) =>
      start(async () => {
        guess(more)
        await call(like, [more])
      })
    return ['a', 'b'].map((more) => (
      <button key={more} id={more} type="button" onClick={() => say(more)} />
    ))
  }
  const { answer } = await show(<Thread />)
  await act(async () => find('#a').click())
  await act(async () => find('#b').click())
  await act(async () => answer('POST /start', shows('start a')))
  expect(seen).toEqual(['start', 'start a?', 'start a? b?'])
  await act(async () => answer('POST /start', shows('start a b')))
  expect(seen).toEqual(['start', 'start a?', 'start a? b?', 'start a b'])
})

test('a transition that does not wait for its call lasts until the call has ended', async () => {
  const call = createCallServer('parallel')
  function Liker(): ReactNode {
    const [likes, guess] = useOptimistic(0)
    const [isPending, start] = useTransition()
    const onClick = () =>
      start(() => {
        guess(1)
        call(like, []).catch(() => {})
      })
    return (
      <button
        type="button"
        onClick={onClick}
      >{`${isPending ? 'liking' : 'idle'} ${likes} `}</button>
    )
  }
  const { answer } = await show(<Liker />)
  for (const ending of [
    { kind: 'value', value: 1 },
    { kind: 'error', error: { digest: 'd1' } },
  ] as const) {
    await act(async () => find('button').click())
    expect(text()).toBe('liking 1 start')
    await act(async () => answer('POST /start', value({ outcome: ending })))
    expect(text()).toBe('idle 0 start')
  }
})

test('the regions of a call outside of a transition do not wait for the pending ones', async () => {
  const call = createCallServer('parallel')
  function Both(): ReactNode {
    const [isPending, start] = useTransition()
    const slowly = () => start(async () => void (await call(like, [])))
    return (
      <>
        <button id="slowly" type="button" onClick={slowly} />
        <button id="plainly" type="button" onClick={() => void call(like, [])} />
        {isPending ? 'calling ' : 'idle '}
      </>
    )
  }
  const { answer } = await show(<Both />)
  await act(async () => find('#plainly').click())
  await act(async () => find('#slowly').click())
  await act(async () => answer('POST /start', shows('liked')))
  expect(text()).toBe('calling liked')
  await act(async () => answer('POST /start', value({ outcome: { kind: 'value', value: 1 } })))
  expect(text()).toBe('idle liked')
})
