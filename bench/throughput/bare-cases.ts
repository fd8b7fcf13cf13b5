import type { Request } from '../load/request.ts'
import type { Cases } from './cases.ts'

/** Those of `bench/bare`. */
const ids = { value: 'aaaaaaaaaaaaaaaaaaaaaa2', rerender: 'tttttttttttttttttttttt1' }

/** The cases of a server that has no pages to click in: what Volley is asked, with its own ids. */
export function bareCases(cases: Cases): Cases {
  const { navigation } = cases
  const bare: Cases = navigation ? { navigation } : {}
  for (const name of ['value', 'rerender'] as const) {
    const one = cases[name]
    if (one) bare[name] = { ...one, steps: one.steps.map((step) => callTo(ids[name], step)) }
  }
  return bare
}

function callTo(id: string, request: Request): Request {
  return { ...request, headers: { ...request.headers, 'volley-call': id } }
}
