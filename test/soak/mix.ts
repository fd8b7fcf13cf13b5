import type { Asked } from '../support/keep-alive.ts'

export type Step = { target: string; asked: Asked }

type Ids = Readonly<Record<string, string>>

/** What visitors, their closing tabs and attackers send, in no particular order. */
export function mixOf(ids: Ids): readonly Step[] {
  return [...good(ids), ...leaving(ids), ...hostile(ids)]
}

const cookie = { cookie: 'user=somebody' }

function get(target: string, asked: Asked = {}): Step {
  return { target, asked: { headers: cookie, ...asked } }
}

function call(id: string | undefined, body: string, asked: Asked = {}): Step {
  const headers = { ...cookie, 'content-type': 'text/plain', 'volley-call': id ?? 'unknown' }
  return {
    target: '/mine',
    asked: { method: 'POST', body, ...asked, headers: { ...headers, ...asked.headers } },
  }
}

function good(ids: Ids): Step[] {
  return [
    get('/'),
    get('/mine'),
    get('/-/payload/mine'),
    get('/bleeding/stream'),
    call(ids['echo'], '[{"some":["value"]}]'),
    call(ids['become'], '[]'),
    call(ids['go'], '["/mine"]'),
    call(ids['iterated'], '[1]'),
  ]
}

/** They end their connection with the first bytes of the answer. */
function leaving(ids: Ids): Step[] {
  const leaveEarly = true
  return [
    get('/bleeding?pause=5', { leaveEarly }),
    get('/-/payload/bleeding?pause=5', { leaveEarly }),
    get('/bleeding/stream?pause=5', { leaveEarly }),
    get('/failing/error?where=late', { leaveEarly }),
    call(ids['iterated'], '[5]', { leaveEarly }),
    call(ids['streamed'], '[5]', { leaveEarly }),
    call(ids['raiseLater'], '["error"]', { leaveEarly }),
  ]
}

function hostile(ids: Ids): Step[] {
  const form = { 'content-type': 'multipart/form-data; boundary=x' }
  return [
    get('/nowhere'),
    get('/%2e%2e/%2e%2e/etc/passwd'),
    get('/', { method: 'DELETE' }),
    get('/failing/error'),
    call(undefined, '[]'),
    call(ids['take'], '['),
    call(ids['take'], '["$1","$F2","$@3"]'),
    call(ids['take'], JSON.stringify(['x'.repeat(1_100_000)])),
    call(ids['take'], '[]', { headers: { origin: 'https://evil.example' } }),
    call(ids['take'], '[]', { headers: { 'content-type': 'application/json' } }),
    call(ids['take'], '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n[', {
      headers: form,
    }),
    call(ids['fail'], '["throw"]'),
    call(ids['fail'], '["overflow"]'),
    call(ids['raiseInStream'], '["aggregate"]'),
    call(ids['go'], '["javascript:alert(1)"]'),
    call(ids['setCookie'], '["a;b","c"]'),
  ]
}
