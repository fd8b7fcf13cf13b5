import { EventEmitter } from 'node:events'
import { asBuffer } from '../flight/as-buffer.ts'
import { flushStream } from '../flight/flush-stream.ts'
import { encodeFrame, encodeRefused, type Frame } from '../wire/batch-answer.ts'
import { payloadType } from '../wire/header.ts'
import type { PagePlace } from './batch-page.ts'
import { isPipeable, type PipeableBody, type ServerAnswer } from './exchange.ts'

/** What a call of a batch is answered by, as if it had come alone, and where its page is. */
export type BatchedAnswer = PagePlace & { answer: ServerAnswer }

/**
 * The answers of a batch as frames, each when it is there; none of the promises rejects. `ticket` is
 * asked before each answer that belongs with the page, for cookies that the head could not have.
 */
export function batchBody(
  answers: readonly Promise<BatchedAnswer>[],
  ticket: () => string | null,
): PipeableBody {
  let gone: { reason: unknown } | null = null
  return {
    pipe(destination) {
      const channel = createChannel(destination)
      const sending = answers.map(async (answering, index) => {
        const answered = await answering
        if (gone) return abort(answered, gone.reason)
        await sendAnswer(channel, index, { answered, ticket }).catch(() => {
          // What cannot be sent harms no other call: the browser learns that it is lost.
          channel.send({ index, kind: 'broken', bytes: none })
        })
      })
      void Promise.all(sending).then(() => destination.end())
      return destination
    },
    abort(reason) {
      gone = { reason }
      for (const answering of answers) void answering.then((answered) => abort(answered, reason))
    },
  }
}

function abort({ answer: { body } }: BatchedAnswer, reason: unknown): void {
  if (isPipeable(body)) body.abort(reason)
}

type Sent = { answered: BatchedAnswer; ticket: () => string | null }

async function sendAnswer(
  channel: Channel,
  index: number,
  { answered, ticket }: Sent,
): Promise<void> {
  const { answer, hasUi, pageOf } = answered
  const sealed = hasUi ? ticket() : null
  if (sealed !== null) channel.send({ index, kind: 'ticket', bytes: Buffer.from(sealed) })
  if (pageOf !== null) channel.send({ index, kind: 'with', bytes: Uint8Array.of(pageOf) })
  const { body } = answer
  if (isPipeable(body)) return channel.stream(index, body)
  const text = typeof body === 'string' ? body : ''
  if (isPayload(answer)) {
    channel.sendRows(index, Buffer.from(text))
    channel.send({ index, kind: 'end', bytes: none })
  } else {
    const bytes = encodeRefused({ status: answer.status, text })
    channel.send({ index, kind: 'refusal', bytes })
  }
  channel.flush()
}

const none = new Uint8Array()

function isPayload({ headers }: ServerAnswer): boolean {
  return headers.some(([name, value]) => name === 'content-type' && value === payloadType)
}

/** What the frames of all calls are written to. */
interface Channel {
  /** Whether there is room for more. */
  send(frame: Frame): boolean
  sendRows(index: number, rows: Uint8Array): boolean
  /** Settles at the end of the body. */
  stream(index: number, body: PipeableBody): Promise<void>
  flush(): void
}

/** In bytes: the browser puts a frame together before it reads it, and others wait for its end. */
const maxRows = 64 * 1024

function createChannel(destination: NodeJS.WritableStream): Channel {
  const streams = new Set<EventEmitter>()
  destination.on('drain', () => {
    for (const stream of streams) stream.emit('drain')
  })
  const send = (frame: Frame): boolean => destination.write(encodeFrame(frame))
  const sendRows = (index: number, rows: Uint8Array): boolean => {
    let hasRoom = true
    for (let at = 0; at < rows.length; at += maxRows) {
      hasRoom = send({ index, kind: 'rows', bytes: rows.subarray(at, at + maxRows) })
    }
    return hasRoom
  }
  const flush = (): void => flushStream(destination)
  const stream = (index: number, body: PipeableBody): Promise<void> =>
    new Promise((resolve) => {
      const finish = (kind: 'end' | 'broken'): void => {
        send({ index, kind, bytes: none })
        flush()
        streams.delete(part)
        resolve()
      }
      // No Node stream, as the answer itself is none: what is written is passed on at once.
      const part = Object.assign(new EventEmitter(), {
        writable: true,
        write: (piece: Uint8Array | string) => sendRows(index, asBuffer(piece)),
        end: () => finish('end'),
        flush,
        destroy: () => finish('broken'),
      })
      streams.add(part)
      body.pipe(part as unknown as NodeJS.WritableStream)
    })
  return { send, sendRows, stream, flush }
}
