import {
  encodeReply,
  registerServerReference,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeArguments as decode, decodeForm as decodeWithin, functionNamed } from './decode.ts'
import { installFunctionTable } from './function-table.ts'
import { defaultReplyLimits, ReplyError } from './reply-limits.ts'
import { register } from './server-functions.ts'

const decodeArguments = (body: string | FormData) => decode(body, defaultReplyLimits)
const decodeForm = (form: FormData) => decodeWithin(form, defaultReplyLimits)

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
      fc.string({ minLength: 1 }).filter((key) => !(key in Object.prototype)),
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
  ['$ACTION_ID_save', '', 'save'],
  ['$ACTION_1:0', '{"id":"save","bound":null}', 'save'],
  ['$ACTION_REF_1', '', null],
  ['$ACTION_1:1', '["x"]', null],
  ['$ACTION_KEY', 'k', null],
  ['title', '{"id":"save"}', null],
])('the field %s with %j names %s', ([field, text, id]) => {
  expect(functionNamed(field as string, text as string)).toBe(id)
})

test.for([
  '{"bound":null,"id":"save"}',
  '{"id":"sa\\"ve"}',
  `{"id":"${'a'.repeat(129)}"}`,
  '{"id":""}',
  'x{"id":"save"}',
])('a form field with %j for a function is refused', (text) => {
  expect(() => functionNamed('$ACTION_1:0', text)).toThrow('names no server function')
})

test('each function that a body names is loaded once', async () => {
  const reference = registerServerReference(async (..._args: unknown[]) => undefined, 'save')
  const body = await encodeReply([reference, reference.bind(null, 1)])
  const { args } = await decodeArguments(body)
  expect(args[0]).toBe(save)
  expect(await (args[1] as typeof save)(2)).toEqual([1, 2])
  const form = new FormData()
  form.append('$ACTION_ID_save', '')
  expect((await decodeForm(form))!.id).toBe('save')
  expect(loads).toBe(1)
})

test('a function that is not in the table is refused', async () => {
  const form = new FormData()
  form.append('0', '["$h1"]')
  form.append('1', '{"id":"gone","bound":null}')
  await expect(decodeArguments(form)).rejects.toThrow(ReplyError)
})

test('a function that is not in the table is refused where nobody would see it missing', async () => {
  for (const reference of ['["$@1"]', '["$X1"]', '[]']) {
    const form = new FormData()
    form.append('0', reference)
    form.append(reference.includes('X') ? 'S1' : '1', '"$h2"')
    form.append('2', '{"id":"gone","bound":null}')
    await expect(decodeArguments(form)).rejects.toThrow(ReplyError)
  }
})

test('a form that names no function has none to run', async () => {
  const form = new FormData()
  form.append('title', 'a')
  expect(await decodeForm(form)).toBeNull()
})

test('a form without useActionState leaves no state', async () => {
  const form = new FormData()
  form.append('$ACTION_ID_save', '')
  const decoded = await decodeForm(form)
  expect(await decoded!.state('result')).toBeNull()
})
