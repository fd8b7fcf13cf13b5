import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import {
  createFromNodeStream,
  encodeReply,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { expect, test } from 'vitest'
import type { FormAction } from '../flight/html-client.ts'
import { createFormEncoder } from './form-action.ts'

const encoder = (prefix = '') => createFormEncoder({ prefix, key: () => 'the key' })

function namedFields({ data }: FormAction): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  data.forEach(function (value, name) {
    this[name] = value
  }, found)
  return found
}

/** What React does: it asks again when what was thrown has settled. */
async function encode(bound: Promise<unknown[]>, times = 3) {
  const encodeFormAction = encoder()
  for (let i = 0; i < times; i++) {
    try {
      const action = encodeFormAction('id2', bound)
      return { name: action.name, fields: namedFields(action) }
    } catch (thrown) {
      await thrown
    }
  }
  throw new Error('React would wait for ever')
}

test('a function without bound arguments is named by a field, and waits for nothing', () => {
  const action = encoder()('id2', Promise.resolve([]))
  expect(action.name).toBe('$ACTION_ID_id2')
  expect(namedFields(action)).toEqual({ $ACTION_CALL_KEY: 'the key' })
})

test('nor does it where promises are watched, as in development', () => {
  const hook = createHook({ init() {} }).enable()
  try {
    const bound = new AsyncLocalStorage().run(1, () => Promise.resolve([]))
    expect(encoder()('id2', bound).name).toBe('$ACTION_ID_id2')
  } finally {
    hook.disable()
  }
})

test('bound arguments that React has read are written at once', () => {
  const bound = Object.assign(Promise.resolve([7]), { status: 'fulfilled', value: [7] })
  const action = encoder('c')('id2', bound)
  expect(action.name).toBe('$ACTION_REF_c1')
  expect(namedFields(action)).toEqual({
    $ACTION_CALL_KEY: 'the key',
    '$ACTION_c1:0': '{"id":"id2","bound":"$@1"}',
    '$ACTION_c1:1': '[7]',
  })
})

test('what is there of a payload is written at once, as React reads it when it is asked', async () => {
  const rows = '0:["$h1","$@2"]\n1:{"id":"id2","bound":"$@2"}\n2:[7]\n'
  const encodeFormAction = encoder()
  const source = {
    on: (event: string, listen: (piece?: string) => void) => event === 'data' && listen(rows),
  }
  const [, bound] = await createFromNodeStream<[unknown, Promise<unknown[]>]>(
    source,
    {},
    { encodeFormAction },
  )
  expect(namedFields(encodeFormAction('id2', bound))).toMatchObject({ '$ACTION_1:1': '[7]' })
})

test('React adds the key of a useActionState to the fields', () => {
  const action = encoder()('id2', Promise.resolve([]))
  action.data.append('$ACTION_KEY', 'k1')
  expect(namedFields(action)).toEqual({ $ACTION_CALL_KEY: 'the key', $ACTION_KEY: 'k1' })
})

test('others are waited for once', async () => {
  const { name, fields } = await encode(Promise.resolve(['a', undefined, 12n, new Date(0)]))
  expect(name).toBe('$ACTION_REF_1')
  expect(fields['$ACTION_1:1']).toBe('["a","$undefined","$n12","$D1970-01-01T00:00:00.000Z"]')
})

test('what is no plain value is written as React writes it', async () => {
  const values = [new Map([['a', new Set([1])]]), { deep: [Promise.resolve('later')] }]
  const { fields } = await encode(Promise.resolve(values))
  const body = (await encodeReply({ id: 'id2', bound: Promise.resolve(values) })) as FormData
  const expected = Array.from(body, ([name, value]) => [`$ACTION_1:${name}`, value])
  expect(fields).toEqual({ $ACTION_CALL_KEY: 'the key', ...Object.fromEntries(expected) })
})

test('each form of a document has a number of its own', () => {
  const encodeFormAction = encoder()
  const bound = () => Object.assign(Promise.resolve([7]), { status: 'fulfilled', value: [7] })
  const names = [1, 2].map(() => encodeFormAction('id2', bound()).name)
  expect(names).toEqual(['$ACTION_REF_1', '$ACTION_REF_2'])
})

test('bound arguments that fail to arrive fail the form', async () => {
  await expect(encode(Promise.reject(new Error('lost')))).rejects.toThrow('lost')
})
