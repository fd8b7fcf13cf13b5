import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import {
  boundary,
  field,
  file,
  multipart,
  multipartType,
  openPart,
  type MultipartPart,
} from '../support/multipart.ts'
import { postBody } from '../support/post-body.ts'

const target = useTarget()

const root = field('0', '["$K1"]')
const times = (count: number, make: (index: number) => MultipartPart) =>
  Array.from({ length: count }, (_, index) => make(index))
const headers = (...lines: string[]): MultipartPart => ({ headers: lines, content: '["a"]' })
const rootDisposition = 'content-disposition: form-data; name="0"'

const refused: Record<string, string> = {
  'a thousand and one parts': multipart([root, ...times(1_000, () => field('_1_a', 'x'))]),
  'a thousand and one empty parts': multipart([root, ...times(1_000, () => field('_1_a', ''))]),
  'twenty-one files': multipart([root, ...times(21, (i) => file('_1_a', `${i}.txt`, 'x'))]),
  'a part whose name comes behind 9 kB of headers': multipart([
    headers(`x: ${'h'.repeat(9_000)}`, rootDisposition),
  ]),
  'a part whose name comes behind twenty headers': multipart([
    headers(...Array.from({ length: 20 }, (_, i) => `x-${i}: y`), rootDisposition),
  ]),
  'a part with a header of 900 kB': multipart([
    headers(`x: ${'h'.repeat(900_000)}`, rootDisposition),
  ]),
  'a name of 201 bytes': multipart([root, field(`_1_${'a'.repeat(198)}`, 'x')]),
  'a name of 200 characters and 201 bytes': multipart([root, field(`_1_${'a'.repeat(196)}é`, 'x')]),
  'a file under a name of 201 bytes': multipart([root, file(`_1_${'a'.repeat(198)}`, 'f', 'x')]),
  'a part without a name': multipart([root, headers('content-disposition: form-data')]),
  'a file without a name': multipart([
    root,
    headers('content-disposition: form-data; filename="a"', 'content-type: text/plain'),
  ]),
  'an empty name': multipart([root, field('', 'x')]),
  'no boundary at the end': openPart(root),
  'no boundary at the end, inside of a file': openPart(root) + openPart(file('_1_a', 'f', 'x')),
  'a boundary that is cut': `${openPart(root)}--${boundary}`,
  'boundaries and no parts': `--${boundary}\r\n`.repeat(1_000),
  'boundaries without end': `--${boundary}`.repeat(20_000),
  'no boundary at all': '["a"]',
  nothing: `--${boundary}--\r\n`,
  'two roots': multipart([field('0', '["a"]'), field('0', '["b"]')]),
  'a form inside of a part': multipart([
    {
      headers: [
        'content-disposition: form-data; name="0"',
        'content-type: multipart/mixed; boundary=i',
      ],
      content: '--i\r\ncontent-disposition: form-data; name="0"\r\n\r\n["a"]\r\n--i--\r\n',
    },
  ]),
  'a root that is a file': multipart([file('0', 'root.json', '["a"]')]),
}
test.for(Object.entries(refused))('10: a call with %s is refused', async ([, body]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const answer = await postBody(app, {
    headers: [`volley-call: ${ids['take']}`, multipartType],
    body,
  })
  expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
})

const badTypes = {
  'no boundary parameter': 'multipart/form-data',
  'an empty boundary': 'multipart/form-data; boundary=',
  'an empty quoted boundary': 'multipart/form-data; boundary=""',
}
test.for(Object.entries(badTypes))('10: a type with %s is refused', async ([, type]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  for (const call of [[`volley-call: ${ids['take']}`], []]) {
    const lines = [...call, `content-type: ${type}`]
    expectRefusal(
      await postBody(app, { headers: lines, body: multipart([root]) }),
      400,
      'bad-request',
    )
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test.for([70, 71])('10: a boundary may have 70 characters and no more: %i', async (length) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const long = 'b'.repeat(length)
  const answer = await postBody(app, {
    headers: [`volley-call: ${ids['take']}`, `content-type: multipart/form-data; boundary=${long}`],
    body: multipart([field('0', '["a"]')]).replaceAll(boundary, long),
  })
  if (length <= 70) expect(answer.status).toBe(200)
  else expectRefusal(answer, 415, 'unsupported-type')
  expect(await effectsOf(app)).toBe(before + (length <= 70 ? 1 : 0))
  await expectAlive(app, [answer.body])
})

test('10: what is just inside of the limits is accepted', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const bodies = [
    multipart([root, ...times(999, () => field('_1_a', 'x'))]),
    multipart([root, ...times(20, (i) => file('_1_a', `${i}.txt`, 'x'))]),
    multipart([root, field(`_1_${'a'.repeat(197)}`, 'x')]),
  ]
  for (const body of bodies) {
    const call = `volley-call: ${ids['take']}`
    expect((await postBody(app, { headers: [call, multipartType], body })).status).toBe(200)
  }
  expect(await effectsOf(app)).toBe(before + bodies.length)
  await expectAlive(app)
})
