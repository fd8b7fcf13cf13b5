import * as fc from 'fast-check'
import type { BodyAnswer, BodySender, SentBody } from './body-sender.ts'
import { multipartBodies } from './multipart-grammar.ts'
import { encodeReplyBody, replies } from './reply-grammar.ts'

export type FuzzCase = { name: string; body: SentBody }

/** How many cases are answered at the same time. */
const concurrency = 16

/** Sends every case; `onAnswer` hears of each. */
export async function sendAll(
  sender: BodySender,
  cases: readonly FuzzCase[],
  onAnswer: (one: FuzzCase, answer: BodyAnswer) => void,
): Promise<void> {
  const left = cases.values()
  const work = async (): Promise<void> => {
    for (const one of left) onAnswer(one, await sender.send(one.body))
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}

export type Sample = { seed: number; count: number }

/** Calls whose arguments the reply grammar makes; the same seed makes the same ones. */
export function replyCases(ids: Readonly<Record<string, string>>, sample: Sample): FuzzCase[] {
  const arbitrary = replies(['take', 'echo', 'remove'].map((name) => ids[name]!))
  return fc.sample(arbitrary, { seed: sample.seed, numRuns: sample.count }).map((reply, index) => {
    const fn = index % 2 ? 'echo' : 'take'
    const { type, body } = encodeReplyBody(reply)
    const headers = { 'volley-call': ids[fn]!, 'content-type': type }
    return { name: fn, body: { headers, pieces: [body] } }
  })
}

/** Multipart bodies of calls, and of forms that are posted to a page. */
export function multipartCases(ids: Readonly<Record<string, string>>, sample: Sample): FuzzCase[] {
  const { seed, count } = sample
  return fc.sample(multipartBodies, { seed, numRuns: count }).map(({ type, pieces }, index) => {
    const isForm = index % 4 === 3
    const call = isForm ? {} : { 'volley-call': ids['take']! }
    const headers = { ...call, 'content-type': type }
    return { name: isForm ? 'form' : 'take', body: { headers, pieces } }
  })
}

/** How often each function answered with each status: `take 200`. */
export function createCounts(): { count: (key: string) => void; counts: Record<string, number> } {
  const counts: Record<string, number> = {}
  return {
    counts,
    count(key) {
      counts[key] = (counts[key] ?? 0) + 1
    },
  }
}
