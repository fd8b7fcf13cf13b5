import { expect, test } from 'vitest'
import { parse, withoutTypes } from '../../test/support/compile.ts'
import { CompileError } from './compile-error.ts'
import { findRegionComponents, mayHoldRegion, nameRegionComponents } from './region-components.ts'

const path = 'app/page.tsx'

async function componentsOf(original: string) {
  const code = await withoutTypes(original, path)
  return { code, found: findRegionComponents(code, { path, parse, original }) }
}

test('the component of a region is an import, or an export of its own module', async () => {
  const { code, found } = await componentsOf(`
    import { Region as Part } from 'volley/region'
    import PostCard, { Comments as List } from '../post-card'
    export function Own({ id }: { id: string }) { return <p>{id}</p> }
    const Listed = () => <p />
    export { Listed as Named }
    export default function Page() {
      return (
        <>
          <Part render={PostCard} props={{ id: '1' }} tags={['post:1']} />
          <Part tags={[]} props={{}} render={List} key="2" />
          <Part render={Own} props={{ id: '3' }} tags={[]} />
          <Part render={Listed} props={{}} tags={[]} />
          <Part render={Page} props={{}} tags={[]} />
        </>
      )
    }`)
  expect(found.map(({ source, exportName }) => [source, exportName])).toEqual([
    ['../post-card', 'default'],
    ['../post-card', 'Comments'],
    [null, 'Own'],
    [null, 'Named'],
    [null, 'default'],
  ])
  const named = nameRegionComponents(
    code,
    found.map(({ at }, index) => ({ at, name: `name ${index}` })),
  )
  expect(named.code).toContain('render: List, component: "name 1"')
  expect(named.code.match(/component: /g)).toHaveLength(5)
})

test('what is called Region elsewhere is none', async () => {
  const { found } = await componentsOf(`
    import { Region } from './map'
    import { Region as Ours } from 'volley/region'
    export const places = [<Region render={1} />, Ours]`)
  expect(found).toEqual([])
  expect(mayHoldRegion(`import { Region } from './map'`)).toBe(false)
  expect(mayHoldRegion(`import { Region } from "volley/region"`)).toBe(true)
})

test.for([
  ['a component that is not exported', 'const Card = () => null', 'render={Card}'],
  ['one that is only known when the page runs', 'const cards = {}', 'render={cards.card}'],
  ['one that hides an import', '', 'render={Hidden}'],
  ['none', '', ''],
  ['what other properties may hold', '', '{...props}'],
] as const)(
  'an error shows the region whose component cannot be known: %s',
  async ([, above, own]) => {
    const source = `
import { Region } from 'volley/region'
import { Hidden } from './hidden'
${above}
export const first = <Region render={Hidden} props={{}} tags={[]} />
export default function Page({ props, Hidden }) {
  return <Region ${own} tags={[]} />
}`
    const error = await componentsOf(source).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CompileError)
    expect(error).toMatchObject({ code: 'region-component', file: path, line: 7 })
    expect((error as CompileError).frame).toContain('> 7 |   return <Region')
  },
)
