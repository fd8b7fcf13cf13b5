import { encodeReply } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeArguments, decodeForm, loadReferences, referenceInPart } from './decode.ts'
import { installFunctionTable } from './function-table.ts'
import { register } from './server-functions.ts'

const save = register(async (...args: unknown[]) => args, 'save', 'a.ts#save')
let loads = 0
const entry = {
  name: 'a.ts#save',
  load: async () => {
    loads++
    return save
  },
}
installFunctionTable(new Map([['save', entry]]))

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.bigInt(),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      tie('value'),
      {
        maxKeys: 3,
        noNullPrototype: true,
      },
    ),
  ),
})).value

test('arguments arrive as they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 4 }), async (args) => {
      const { args: decoded } = await decodeArguments(await encodeReply(args))
      expect(decoded).toEqual(args)
    }),
  )
})

test('maps, sets, forms and files arrive as well', async () => {
  const form = new FormData()
  form.append('a', new File(['bytes'], 'f.txt', { type: 'text/x' }))
  const body = await encodeReply([new Map([[1, new Set(['a'])]]), form])
  const [map, received] = (await decodeArguments(body)).args as [unknown, FormData]
  const file = received.get('a') as File
  expect(map).toEqual(new Map([[1, new Set(['a'])]]))
  expect([file.name, file.type, await file.text()]).toEqual(['f.txt', 'text/x', 'bytes'])
})

test.for([
  ['{"id":"save","bound":null}', 'save'],
  ['{"id":"save"}', 'save'],
  ['{"bound":null,"id":"save"}', null],
  ['{"id":"sa\\"ve"}', null],
  [`{"id":"${'a'.repeat(129)}"}`, null],
  ['{"id":""}', null],
  ['x{"id":"save"}', null],
])('in the part %s the reference is %s', ([part, id]) => {
  expect(referenceInPart(part as string)).toBe(id)
})

test('a file is no reference, whatever it holds', () => {
  expect(referenceInPart(new File(['{"id":"save"}'], 'f'))).toBeNull()
})

test('each function that a body names is loaded once; unknown ones are left to the decoder', async () => {
  const form = new FormData()
  form.append('1', '{"id":"save","bound":null}')
  form.append('2', '{"id":"gone","bound":null}')
  form.append('$ACTION_ID_save', '')
  await loadReferences(form)
  await loadReferences(form)
  await loadReferences('["$h1"]')
  expect(loads).toBe(1)
})

test('a form that names no function has none to run', async () => {
  const form = new FormData()
  form.append('title', 'a')
  expect(await decodeForm(form)).toBeNull()
})

test('a form without useActionState leaves no state', async () => {
  const form = new FormData()
  form.append('$ACTION_ID_save', '')
  await loadReferences(form)
  const decoded = await decodeForm(form)
  expect(await decoded!.state('result')).toBeNull()
})
