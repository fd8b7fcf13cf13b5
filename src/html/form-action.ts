import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import {
  encodeReply,
  type EncodeFormAction,
  type FormAction,
  type FormFields,
} from '../flight/html-client.ts'
import { plainJson } from '../flight/plain-json.ts'
import { keyField } from '../wire/form-field.ts'

export type FormEncoderOptions = {
  /** Tells the fields of one encoder from those of another in the same form. */
  prefix: string
  /** Gives the key of a form that is about to be rendered. */
  key: () => string
}

/**
 * Makes the hidden fields by which a form without JavaScript names its server function, with the
 * bound arguments, and with a key by which the server knows a submission that is sent twice.
 *
 * React's own encoder lets the HTML renderer wait once for each form with bound arguments; this one
 * does so only where they are no plain values.
 */
export function createFormEncoder({ prefix, key }: FormEncoderOptions): EncodeFormAction {
  let forms = 0
  return (id, bound) => {
    const values = valuesOf(bound)
    const fields: Field[] = [[keyField, key()]]
    if (values.length === 0) return formAction(`$ACTION_ID_${id}`, fields)
    const parts = boundParts(id, { bound, values })
    const number = `${prefix}${++forms}`
    for (const [name, value] of parts) fields.push([`$ACTION_${number}:${name}`, value])
    return formAction(`$ACTION_REF_${number}`, fields)
  }
}

/** 128 bits: nobody guesses the key of somebody else's submission. */
export function newKey(): string {
  return randomBytes(16).toString('base64url')
}

type Field = [name: string, value: FormDataEntryValue]

function formAction(name: string, fields: Field[]): FormAction {
  return { name, method: 'POST', encType: 'multipart/form-data', data: formFields(fields) }
}

/** Node's own `FormData` cost more than all that React does for a form. */
function formFields(fields: Field[]): FormFields {
  return {
    append: (name, value) => void fields.push([name, value]),
    forEach(take, self) {
      for (const [name, value] of fields) take.call(self, value, name)
    },
  }
}

type Tracked<value> = Promise<value> &
  (
    | { status: 'pending' }
    | { status: 'fulfilled'; value: value }
    | { status: 'rejected'; reason: unknown }
  )

/**
 * What a promise holds, if that is known; else it is thrown, which lets React wait for it and ask
 * again. React passes a new promise each time where nothing is bound: to wait for that one would
 * never end.
 */
function valuesOf(bound: Promise<unknown[]>): unknown[] {
  if (!('status' in bound) && /^Promise \{\s+\[\]/.test(inspect(bound, { depth: 0 }))) return []
  return settled(bound)
}

function settled<value>(promise: Promise<value>): value {
  const tracked = track(promise)
  if (tracked.status === 'fulfilled') return tracked.value
  throw tracked.status === 'rejected' ? tracked.reason : tracked
}

/** In the way of React, which looks at these properties of any promise. */
function track<value>(promise: Promise<value>): Tracked<value> {
  if ('status' in promise) {
    // React reads what has come of a payload when somebody asks for it, and then at once.
    if (promise.status !== 'fulfilled') promise.then(noop, noop)
    return promise as Tracked<value>
  }
  promise.then(
    (value) => void Object.assign(promise, { status: 'fulfilled', value }),
    (reason: unknown) => void Object.assign(promise, { status: 'rejected', reason }),
  )
  return Object.assign(promise, { status: 'pending' as const })
}

function noop(): void {}

type Bound = { bound: Promise<unknown[]>; values: unknown[] }

/** What React's encoder makes of `{ id, bound }`: the root, and a part with the arguments. */
function boundParts(id: string, { bound, values }: Bound): Iterable<Field> {
  const json = plainJson(values)
  if (json !== null) {
    return [
      ['0', JSON.stringify({ id, bound: '$@1' })],
      ['1', json],
    ]
  }
  const known = encodings.get(bound) ?? encode(id, bound)
  encodings.set(bound, known)
  return settled(known)
}

const encodings = new WeakMap<Promise<unknown>, Promise<FormData>>()

async function encode(id: string, bound: Promise<unknown[]>): Promise<FormData> {
  const body = await encodeReply({ id, bound })
  if (body instanceof FormData) return body
  throw new TypeError(`The bound arguments of ${id} were encoded as text`)
}
