import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { encodeReply } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import type { ReactNode } from 'react'
import type { Handler } from '../../src/server/exchange.ts'
import { encodeBatch } from '../../src/wire/batch-request.ts'
import type { DocumentPayload } from '../../src/wire/payload.ts'
import { type Parts, readParts } from './batch-parts.ts'
import { readPayload } from './read-payload.ts'
import { type Sent, serverRequest } from './server-request.ts'

export type Together = Parts & {
  status: number
  headers: Headers
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
  const { status, body } = answer
  if (typeof body !== 'object' || !body || !('pipe' in body)) {
    throw new Error(`Not a batch but ${status} ${JSON.stringify(body)}`)
  }
  const received = readParts(await buffer(body.pipe(new PassThrough()) as Readable), calls.length)
  answer.onFinish?.()
  return {
    ...received,
    status,
    headers: new Headers(answer.headers),
    payload: (index) => readPayload(Readable.from([received.parts[index]!.rows])),
  }
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
