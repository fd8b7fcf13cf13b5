import type { ServerAnswer } from './exchange.ts'

/** An answer of the app's own making. @throws TypeError for a header that cannot be sent */
export function responseAnswer(response: Response): ServerAnswer {
  // Each cookie is a pair of its own.
  const headers = [...response.headers]
  for (const header of headers) assertSendable(header)
  return { status: response.status, headers, body: response.body }
}

/**
 * The Fetch standard allows control characters; Node refuses them when the answer is under way.
 * @throws TypeError
 */
export function assertSendable([name, value]: [string, string]): void {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return
  throw new TypeError(`The header ${name} cannot have the value ${JSON.stringify(value)}.`)
}

/** An answer with headers that it does not have itself, and with cookies beside its own. */
export function withHeaders(answer: ServerAnswer, more: readonly [string, string][]): ServerAnswer {
  if (more.length === 0) return answer
  const own = new Set(answer.headers.map(([name]) => name))
  const others = new Map(more.filter(([name]) => name !== 'set-cookie' && !own.has(name)))
  const cookies = more.filter(([name]) => name === 'set-cookie')
  return { ...answer, headers: [...others, ...cookies, ...answer.headers] }
}
