import path from 'node:path'
import { Visitor } from 'vite'
import { expect, test } from 'vitest'
import { codeLinesOf, readSources, type Source } from './support/sources.ts'

const sources = readSources()
const lengths = sources
  .map((source) => ({ file: source.file, lines: codeLinesOf(source) }))
  .toSorted((a, b) => a.lines - b.lines)

test('no file of src has more than 250 lines of code', () => {
  expect(lengths.filter(({ lines }) => lines > 250)).toEqual([])
})

test('nine files of ten have at most 200 lines of code', () => {
  expect(quantile(0.9)).toBeLessThanOrEqual(200)
})

test('half of the files have at most 80 lines of code', () => {
  expect(quantile(0.5)).toBeLessThanOrEqual(80)
})

test('the cache stays small', () => {
  const files = sources.filter(({ folder }) => folder === 'cache')
  const lines = files.map(({ text }) => text.split('\n').length - 1)
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(900)
})

test('no type is any', () => {
  const found = sources.flatMap((source) => linesOf(source, ['TSAnyKeyword']))
  expect(found).toEqual([])
})

test('a file is named after its idea', () => {
  const vague = /^(utils?|helpers?|common|misc|shared|core|internal|types|index)(\.tsx?)?$/
  const named = sources.map(({ file }) => file)
  expect(named.filter((file) => file.split('/').some((part) => vague.test(part)))).toEqual([])
  expect(named.filter((file) => !/^[a-z0-9-]+\.tsx?$/.test(path.posix.basename(file)))).toEqual([])
})

test('only the next/* modules, whose names Next.js chose, have default exports', () => {
  const own = sources.filter(({ folder }) => folder !== 'next')
  const found = own.flatMap((source) => {
    const named = source.parsed.module.staticExports.flatMap(({ entries }) =>
      entries.filter(({ exportName }) => exportName.kind === 'Default'),
    )
    return named.map(() => source.file)
  })
  expect(found).toEqual([])
})

test('no file asks which environment it runs in: its folder says so', () => {
  const found = sources.filter(({ text }) => /typeof (window|document)\b/.test(text))
  expect(found.map(({ file }) => file)).toEqual([])
})

function quantile(share: number): number {
  return lengths[Math.ceil(lengths.length * share) - 1]?.lines ?? 0
}

/** `file:line` of every node of one of these types. */
function linesOf({ file, text, parsed }: Source, types: readonly string[]): string[] {
  const found: string[] = []
  const note = ({ start }: { start: number }) =>
    found.push(`${file}:${text.slice(0, start).split('\n').length}`)
  new Visitor(Object.fromEntries(types.map((type) => [type, note]))).visit(parsed.program)
  return found
}
