import { PassThrough, Readable } from 'node:stream'
import { encodeReply } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import type { ReactNode } from 'react'
import type { Handler, ServerAnswer } from '../../src/server/exchange.ts'
import { createFrameReader, decodeRefused, type Frame } from '../../src/wire/batch-answer.ts'
import { encodeBatch } from '../../src/wire/batch-request.ts'
import type { DocumentPayload } from '../../src/wire/payload.ts'
import { readPayload } from './read-payload.ts'
import { type Sent, serverRequest } from './server-request.ts'

/** What came for one call of a batch. */
export type Part = {
  rows: Buffer
  refusal: { status: number; text: string } | null
  /** The call whose answer has the page. */
  pageOf: number | null
  isBroken: boolean
}

export type Together = {
  status: number
  headers: Headers
  answer: ServerAnswer
  frames: Frame[]
  parts: Part[]
  /** The calls in the order in which their answers ended. */
  order: number[]
  ticket: string | null
  payload: (index: number) => Promise<DocumentPayload<ReactNode>>
}

export type Call = [id: string, ...args: unknown[]]

/** Calls as the browser's runtime sends them together, and all that they are answered by. */
export async function callTogether(
  handler: Handler,
  calls: readonly Call[],
  options: { target?: string; headers?: Record<string, string> } = {},
): Promise<Together> {
  const { target = '/', headers } = options
  const answer = await handler(serverRequest(target, await batchOf(calls, headers)))
  const { body } = answer
  if (typeof body !== 'object' || !body || !('pipe' in body)) {
    throw new Error(`Not a batch but ${answer.status} ${JSON.stringify(body)}`)
  }
  const frames: Frame[] = []
  const read = createFrameReader((frame) => frames.push(frame))
  for await (const piece of body.pipe(new PassThrough()) as Readable) read(piece as Uint8Array)
  answer.onFinish?.()
  return { ...togetherOf(frames, calls.length), headers: new Headers(answer.headers), answer }
}

export async function batchOf(
  calls: readonly Call[],
  headers: Record<string, string> = {},
): Promise<Sent & { body: string }> {
  const encoded = await Promise.all(
    calls.map(async ([id, ...args]) => {
      const body = await encodeReply(args)
      if (typeof body !== 'string') throw new TypeError('Only text goes into a batch')
      return { id, key: crypto.randomUUID(), body }
    }),
  )
  const batch = encodeBatch(encoded)
  return { method: 'POST', body: batch.body, headers: { ...batch.headers, ...headers } }
}

function togetherOf(frames: Frame[], count: number): Omit<Together, 'headers' | 'answer'> {
  const of = (index: number, kind: Frame['kind']) =>
    frames.filter((frame) => frame.index === index && frame.kind === kind).map(({ bytes }) => bytes)
  const parts = Array.from({ length: count }, (_, index): Part => {
    const [refusal] = of(index, 'refusal')
    return {
      rows: Buffer.concat(of(index, 'rows')),
      refusal: refusal ? decodeRefused(refusal) : null,
      pageOf: of(index, 'with')[0]?.[0] ?? null,
      isBroken: of(index, 'broken').length > 0,
    }
  })
  const last = new Set<Frame['kind']>(['end', 'refusal', 'broken'])
  const ticket = frames.find(({ kind }) => kind === 'ticket')
  return {
    status: 200,
    frames,
    parts,
    order: frames.filter(({ kind }) => last.has(kind)).map(({ index }) => index),
    ticket: ticket ? Buffer.from(ticket.bytes).toString() : null,
    payload: (index) => readPayload(Readable.from([parts[index]!.rows])),
  }
}
