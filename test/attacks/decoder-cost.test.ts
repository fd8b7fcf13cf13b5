import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { field, multipart, multipartType, type MultipartPart } from '../support/multipart.ts'
import { postBody } from '../support/post-body.ts'
import { longestStall } from '../support/stall.ts'

const target = useTarget()

const list = (count: number, make: (index: number) => unknown) =>
  Array.from({ length: count }, (_, i) => make(i))
const json = JSON.stringify
const rows = (values: readonly unknown[]): MultipartPart[] =>
  values.map((value, index) => field(String(index), json(value)))
const link = (row: number, kind = '') => `$${kind}${row.toString(16)}`
const nested = (depth: number, isArray: boolean) => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = isArray ? [value] : { a: value }
  return value
}

/** All of them end below the limit of a megabyte. */
const texts: Record<string, string> = {
  'a list of 90,000 numbers': json([list(90_000, (i) => i)]),
  'a list of half a million numbers': `[[${'1,'.repeat(490_000)}1]]`,
  '49,000 properties': json([Object.fromEntries(list(49_000, (i) => [`k${i}`, i]) as [])]),
  '80,000 properties': `[{${list(80_000, (i) => `"${i}":1`).join(',')}}]`,
  'the same name 100,000 times': `[{${list(100_000, () => '"a":1').join(',')}}]`,
  '30,000 objects in one list': json([list(30_000, () => ({ a: {} }))]),
  'lists in lists, 200,000 deep': '['.repeat(200_000) + ']'.repeat(200_000),
  'objects in objects, 100,000 deep': '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
  'lists in lists, to the limit, a thousand times': json([list(1_000, () => nested(60, true))]),
  'bigints of 300 digits, three thousand of them': json([
    list(3_000, () => `$n${'9'.repeat(300)}`),
  ]),
  'a bigint of 900,000 digits': json([`$n${'9'.repeat(900_000)}`]),
  '30,000 dates': json([list(30_000, () => '$D2020-01-02T03:04:05.678Z')]),
  'temporary references to the limit': json([list(10_000, () => '$T')]),
  'references to the root, to the limit': json([list(10_000, () => '$0')]),
  'forms to the limit': json([list(10_000, () => '$K1')]),
  'promises of the root, to the limit': json([list(10_000, () => '$@0')]),
  '90,000 temporary references': json([list(90_000, () => '$T')]),
  '90,000 forms': json([list(90_000, () => '$K1')]),
  '90,000 promises of the root': json([list(90_000, () => '$@0')]),
  '90,000 references to the root': json([list(90_000, () => '$0')]),
  'a path of 400,000 steps': json([`$0:${'0:'.repeat(400_000)}0`]),
  'a text of 900,000 escapes': json([`$${'$'.repeat(900_000)}`]),
}

const forms: Record<string, MultipartPart[]> = {
  'a chain of 900 rows': rows(list(900, (i) => [link(i + 1)])),
  'a chain of 900 rows, from its end': rows(list(900, (i) => [link(i + 1)])).toReversed(),
  'a chain of 900 promises': rows(list(900, (i) => [link(i + 1, '@')])),
  'a cycle of 900 rows': rows(list(900, (i) => [link((i + 1) % 900)])),
  'cycles of two, 450 times': rows([
    list(900, (i) => link(i + 1)),
    ...list(900, (i) => [link(((i ^ 1) % 900) + 1)]),
  ]),
  'rows that each refer to the ten next ones twice': rows(
    list(60, (i) => list(20, (j) => link(i + 1 + (j % 10)))),
  ),
  'rows that double sixty times': rows(list(60, (i) => [link(i + 1), link(i + 1)])),
  'rows that double as objects': rows(list(60, (i) => ({ a: link(i + 1), b: link(i + 1) }))),
  'a row that is referred to 90,000 times': rows([
    [list(90_000, () => link(1))],
    list(9_000, (i) => i),
  ]),
  'a map of 40,000 entries': rows([[link(1, 'Q')], list(33_000, (i) => [i, i])]),
  'a map that is made 10,000 times': rows([
    [list(10_000, () => link(1, 'Q'))],
    list(3_000, (i) => [i, i]),
  ]),
  'a set that is made 10,000 times': rows([
    [list(10_000, () => link(1, 'W'))],
    list(9_000, (i) => i),
  ]),
  'an iterator that is made 10,000 times': rows([
    [list(10_000, () => link(1, 'i'))],
    list(9_000, (i) => i),
  ]),
  'keys of a map that collide': rows([
    [link(1, 'Q')],
    list(30_000, (i) => [`k${'0'.repeat(i % 9)}${i}`, 0]),
  ]),
  'paths into a row, 10,000 times': rows([
    [list(10_000, () => `$1${':a'.repeat(19)}`)],
    nested(20, false),
  ]),
  'functions, 10,000 times': [
    ...rows([[list(10_000, () => link(1, 'h'))]]),
    field('1', json({ id: 'unknown', bound: null })),
  ],
  'a form of 900 fields, 10,000 times': [
    ...rows([[list(10_000, () => link(1, 'K'))]]),
    ...(list(900, (i) => field(`_1_${i}`, 'x')) as MultipartPart[]),
  ],
  'a thousand rows that nothing refers to': rows([[], ...list(998, () => list(50, (i) => i))]),
  'eight streams of a hundred items': [
    ...rows([list(8, (i) => link(i + 1, 'R'))]),
    ...(list(800, (i) => field(`S${(i % 8) + 1}`, json({ a: [i] }))) as MultipartPart[]),
    ...(list(8, (i) => field(`S${i + 1}`, 'C')) as MultipartPart[]),
  ],
}

const bodies: [what: string, type: string, body: string][] = [
  ...Object.entries(texts).map(([what, body]): [string, string, string] => [
    what,
    'content-type: text/plain',
    body,
  ]),
  ...Object.entries(forms).map(([what, parts]): [string, string, string] => [
    what,
    multipartType,
    multipart(parts),
  ]),
]

test.for(bodies)(
  '14: decoding %s stops the process for less than 100 ms',
  async ([, type, body]) => {
    const { app, ids } = target()
    expect(body.length).toBeLessThan(1024 * 1024)
    const headers = [`volley-call: ${ids['take']}`, type]
    const stalls: number[] = []
    const statuses = new Set<number>()
    for (let i = 0; i < 3; i++) {
      await longestStall(app)
      statuses.add((await postBody(app, { headers, body })).status)
      stalls.push(await longestStall(app))
    }
    expect([[200], [400]]).toContainEqual([...statuses])
    expect(Math.min(...stalls)).toBeLessThan(100)
    await expectAlive(app)
  },
)
