import { expect, test } from 'vitest'
import { createServerApp, type Setup } from '../../test/support/server-app.ts'
import { send } from '../../test/support/server-request.ts'
import { after } from '../context/after.ts'
import { notFound, redirect } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'
import { open, seal } from '../flight/server-functions.ts'

type Fields = Record<string, string | File>

function post(setup: Setup, fields: Fields, headers: Record<string, string> = {}) {
  const { handler, logged } = createServerApp({
    ...setup,
    modules: { 'page.tsx': { default: async () => 'the page' }, ...setup.modules },
  })
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return send(handler, '/', { method: 'POST', headers, body }).then((sent) => ({ ...sent, logged }))
}

/** The hidden fields of a form whose function has bound arguments, or captures. */
function boundFields(id: string, bound: unknown[], more: Fields = {}): Fields {
  return {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }),
    '$ACTION_1:1': JSON.stringify(bound),
    ...more,
  }
}

/** A function that notes what it gets. */
function noting(): { seen: unknown[][]; save: (...args: unknown[]) => Promise<void> } {
  const seen: unknown[][] = []
  return { seen, save: async (...args) => void seen.push(args.map(asData)) }
}

function asData(value: unknown): unknown {
  return value instanceof FormData ? Object.fromEntries(value) : value
}

test('a form runs its function with the visible fields, and shows the page', async () => {
  const { seen, save } = noting()
  const sent = await post({ functions: { save } }, { $ACTION_ID_save: '', title: 'a' })
  expect([sent.status, sent.text]).toEqual([200, '||the page'])
  expect(seen).toEqual([[{ title: 'a' }]])
  expect(sent.headers.get('cache-control')).toBe('private, no-store')
})

test('bound arguments come before the fields', async () => {
  const { seen, save } = noting()
  await post({ functions: { save } }, boundFields('save', [7, 'x'], { title: 'a' }))
  expect(seen).toEqual([[7, 'x', { title: 'a' }]])
})

test('captured values are opened before the function runs', async () => {
  const { seen, save } = noting()
  const functions = {
    inline: async (sealed: unknown, form: FormData) => save(await open(sealed, 'inline'), form),
  }
  createServerApp({ functions })
  const sealed = await seal([{ price: 5n }], 'inline')
  await post({ functions }, boundFields('inline', [sealed], { title: 'a' }))
  expect(seen).toEqual([[[{ price: 5n }], { title: 'a' }]])
})

test('captured values of another function are refused, and nothing runs', async () => {
  const { seen, save } = noting()
  const functions = {
    inline: async (sealed: unknown) => save(await open(sealed, 'inline')),
  }
  createServerApp({ functions })
  const sealed = await seal(['x'], 'other')
  const sent = await post({ functions }, boundFields('inline', [sealed]))
  expect([sent.status, sent.text, seen]).toEqual([400, 'volley: bad-request', []])
})

test('the page shows the state that useActionState gets', async () => {
  const functions = { count: async (before: number) => before + 1 }
  const fields = boundFields('count', [41], { $ACTION_KEY: 'k1' })
  const { text } = await post({ functions }, fields)
  expect(text).toContain('state [42,"k1","count",0]')
})

test('of two functions in a form the last one runs, as a button’s formAction does', async () => {
  const first = noting()
  const last = noting()
  const functions = { form: first.save, button: last.save }
  const { logged } = await post(
    { functions },
    { ...boundFields('form', [1]), title: 'a', $ACTION_ID_button: '' },
  )
  expect([first.seen, last.seen]).toEqual([[], [[{ title: 'a' }]]])
  expect(logged).toMatchObject([{ kind: 'call', name: 'app/functions.ts#button' }])
})

test('an unknown function is refused at its field, before the body is read further', async () => {
  const { handler } = createServerApp({ modules: { 'page.tsx': { default: async () => '' } } })
  const read: string[] = []
  const body = new FormData()
  for (const name of ['a', '$ACTION_ID_gone', 'b']) body.append(name, '1')
  body[Symbol.iterator] = function* fields() {
    for (const name of ['a', '$ACTION_ID_gone', 'b']) {
      read.push(name)
      yield [name, '1'] as [string, string]
    }
  } as FormData[typeof Symbol.iterator]
  const { status, text } = await send(handler, '/', { method: 'POST', body })
  expect([status, text, read]).toEqual([404, 'volley: stale', ['a', '$ACTION_ID_gone']])
})

test.for([
  ['names no function', { '$ACTION_1:0': '{"bound":"$@1"}' }, 400],
  ['is no reference', { '$ACTION_1:0': 'x' }, 400],
  ['has no arguments', { $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"save","bound":"$@1"}' }, 400],
  ['has broken arguments', boundFields('save', []), 400, '[1'],
  ['has a prototype’s name', { $ACTION_ID_constructor: '' }, 404],
  ['adds a property to an id', { '$ACTION_ID_save#bind': '' }, 404],
  ['adds a property to a bound id', boundFields('save#bind', []), 404],
] as [string, Fields, number, string?][])(
  'a form that %s is refused and runs nothing',
  async ([, fields, status, broken]) => {
    const { seen, save } = noting()
    const own = broken ? { ...fields, '$ACTION_1:1': broken } : fields
    const sent = await post({ functions: { save } }, own)
    expect([sent.status, seen]).toEqual([status, []])
    expect(sent.text).toMatch(/^volley: (bad-request|stale)$/)
  },
)

test('a form that names a function by a file is refused', async () => {
  const { seen, save } = noting()
  const file = new File(['x'], 'x')
  const sent = await post({ functions: { save } }, { $ACTION_ID_save: file })
  expect([sent.status, seen]).toEqual([400, []])
})

test('a form without a function renders the page, and runs what it leaves for after', async () => {
  const ran: string[] = []
  const modules = {
    'page.tsx': {
      default: async () => {
        after(() => ran.push('after'))
        return 'the page'
      },
    },
  }
  const sent = await post({ modules }, { title: 'a' })
  expect([sent.status, sent.text]).toEqual([200, '||the page'])
  expect(ran).toEqual(['after'])
})

test.for([{ $ACTION_ID_save: '' }, { title: 'a' }])(
  'a form of another site is refused before its body: %o',
  async (fields) => {
    const { seen, save } = noting()
    const sent = await post({ functions: { save } }, fields, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    })
    expect([sent.status, sent.text, seen]).toEqual([403, 'volley: cross-site', []])
  },
)

test('a form with another content type is refused', async () => {
  const sent = await post({}, {}, { 'content-type': 'application/json' })
  expect([sent.status, sent.text]).toEqual([415, 'volley: unsupported-type'])
})

test('a declared length over the limit is refused before the body', async () => {
  const sent = await post({}, {}, { 'content-length': '10001' })
  expect([sent.status, sent.text]).toEqual([413, 'volley: too-large'])
})

test('a redirect answers a form with 303, and with the cookies set before it', async () => {
  const functions = {
    async login() {
      ;(await cookies()).set('session', 'ada')
      redirect('/añb?c=d')
    },
  }
  const sent = await post({ functions }, { $ACTION_ID_login: '' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/a%C3%B1b?c=d'])
  expect(sent.headers.getSetCookie()).toEqual(['session=ada; Path=/'])
})

test('what a form’s function throws is shown in place of its page, masked', async () => {
  const functions = {
    fail: async () => {
      throw new Error('secret')
    },
  }
  const { status, text, logged } = await post({ functions }, { $ACTION_ID_fail: '' })
  const errors = logged.filter((event) => event.kind === 'error')
  expect(errors).toHaveLength(1)
  expect([status, text]).toEqual([500, `|error ${errors[0]!.digest}`])
})

test('notFound() of a form’s function shows the nearest not-found file', async () => {
  const modules = { 'not-found.tsx': { default: async () => 'nothing here' } }
  const functions = { find: async () => notFound() }
  const { status, text, logged } = await post({ modules, functions }, { $ACTION_ID_find: '' })
  expect([status, text]).toEqual([404, '||nothing here'])
  expect(logged.filter((event) => event.kind === 'error')).toEqual([])
})

test('ids that an older key gave run the same function, in forms as well', async () => {
  const { seen, save } = noting()
  const { handler } = createServerApp({
    modules: { 'page.tsx': { default: async () => 'the page' } },
    functions: { newest: save },
    otherIds: { older: 'newest' },
  })
  for (const id of ['newest', 'older']) {
    const body = new FormData()
    body.append(`$ACTION_ID_${id}`, '')
    expect((await send(handler, '/', { method: 'POST', body })).status).toBe(200)
  }
  expect(seen).toEqual([[{}], [{}]])
})
