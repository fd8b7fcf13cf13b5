import { callHeader, keyHeader } from './header.ts'

/**
 * Calls of one tick that travel as one POST: the header of a call names the ids of all, in their
 * order, and that of the keys their keys. The body has a line for each. The arguments of a call that
 * are text are JSON, and so without a line break of their own.
 *
 *     volley-call: a1,b0
 *     volley-key: 17-…,42-…
 *
 *     [7]
 *     []
 */
export type BatchedCall = { id: string; key: string; body: string }

const separator = ','
const lineBreak = '\n'

/** The most calls of one POST. */
export const maxBatch = 32

/**
 * In bytes: the most that a server reads, and in characters a third of it, all that a browser sends. The
 * arguments of all calls are decoded in one turn, so they are to cost no more than those of one call may.
 */
export const maxBatchSize: number = 128 * 1024
const maxText = maxBatchSize / 3 - maxBatch

/** What is left of a list goes into the next POST; what is too long for any is sent by itself. */
export function splitCalls<call extends BatchedCall>(calls: readonly call[]): call[][] {
  const batches: call[][] = []
  let size = 0
  for (const call of calls) {
    const { length } = call.body
    const last = batches.at(-1)
    size += length
    if (last && last.length < maxBatch && size <= maxText) last.push(call)
    else {
      batches.push([call])
      size = length
    }
  }
  return batches
}

/** Whether an id can stand in a list. In development it is a path, which may hold anything. */
export function canBeBatched(id: string): boolean {
  return !id.includes(separator)
}

export function encodeBatch(calls: readonly BatchedCall[]): {
  headers: Record<string, string>
  body: string
} {
  const all = (name: keyof BatchedCall, between: string): string =>
    calls.map((call) => call[name]).join(between)
  return {
    headers: { [callHeader]: all('id', separator), [keyHeader]: all('key', separator) },
    body: all('body', lineBreak),
  }
}

/** The counterpart of `encodeBatch` for ids and for keys: exactly what stands between the commas. */
export function decodeNames(header: string): string[] {
  return header.split(separator)
}

/** The counterpart of `encodeBatch` for the arguments; `null` where there are not as many as calls. */
export function decodeBodies(body: string, count: number): string[] | null {
  const bodies = body.split(lineBreak, count + 1)
  return bodies.length === count ? bodies : null
}
