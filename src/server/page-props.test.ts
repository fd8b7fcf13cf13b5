import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { sendForPayload } from '../../test/support/server-request.ts'
import { layoutProps, pageProps } from './page-props.ts'

test('they are made once, when somebody asks', async () => {
  let reads = 0
  const props = pageProps(() => ({ id: String(++reads) }), '?q=1&q=2')
  expect(reads).toBe(0)
  expect(await props.params).toEqual({ id: '1' })
  expect(props.params).toBe(props.params)
  expect(props.searchParams).toBe(props.searchParams)
  expect(await props.searchParams).toEqual({ q: ['1', '2'] })
})

test('each request has its own', async () => {
  const [one, other] = ['1', '2'].map((id) => layoutProps(() => ({ id })))
  expect([await one!.params, await other!.params]).toEqual([{ id: '1' }, { id: '2' }])
})

test('a copy has the members alone', () => {
  const props = pageProps(() => ({}), '')
  expect(Reflect.ownKeys({ ...props })).toEqual(['params', 'searchParams'])
  expect(Reflect.ownKeys({ ...layoutProps(() => ({})) })).toEqual(['params'])
})

test('what components get has nothing else, so that they can give it to a client component', async () => {
  const got: Record<string, object> = {}
  const { handler } = createServerApp({
    modules: {
      'layout.tsx': {
        default(props: { children: unknown }) {
          got['layout'] = props
          return props.children
        },
      },
      'page.tsx': { default: (props: object) => void (got['page'] = props) },
    },
  })
  await sendForPayload(handler, '/-/payload/')
  expect(Reflect.ownKeys(got['layout']!)).toEqual(['params', 'children'])
  expect(Reflect.ownKeys(got['page']!)).toEqual(['params', 'searchParams'])
})
