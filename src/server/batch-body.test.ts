import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { readParts } from '../../test/support/batch-parts.ts'
import { type BatchedAnswer, batchBody } from './batch-body.ts'
import { abandoned, type PipeableBody, type ServerAnswer } from './exchange.ts'

const alone = { hasUi: false, pageOf: null }

function answered(body: ServerAnswer['body'], place: object = {}): BatchedAnswer {
  const headers: ServerAnswer['headers'] = [['content-type', 'text/x-component']]
  return { ...alone, ...place, answer: { status: 200, headers, body } }
}

/** A body that a test writes itself, once it is sent. */
function ownBody() {
  const piped = Promise.withResolvers<NodeJS.WritableStream>()
  const reasons: unknown[] = []
  const body: PipeableBody = {
    pipe: (destination) => piped.resolve(destination),
    abort: (reason) => void reasons.push(reason),
  }
  return { body, destination: piped.promise, reasons }
}

/** Where the batch is written; it takes what a test lets it take. */
function createDestination() {
  const pieces: Uint8Array[] = []
  const ended = Promise.withResolvers<void>()
  const destination = Object.assign(new EventEmitter(), {
    hasRoom: true,
    flushed: 0,
    write(piece: Uint8Array) {
      pieces.push(piece)
      return destination.hasRoom
    },
    end: () => ended.resolve(),
    flush: () => void destination.flushed++,
  })
  return {
    destination,
    stream: destination as unknown as NodeJS.WritableStream,
    ended: ended.promise,
    read: (count: number) => readParts(Buffer.concat(pieces), count),
  }
}

const noTicket = (): null => null

test('answers are sent as they come, and the last one ends the body', async () => {
  const { stream, ended, read, destination } = createDestination()
  const slow = Promise.withResolvers<BatchedAnswer>()
  batchBody([slow.promise, Promise.resolve(answered('quick'))], noTicket).pipe(stream)
  await new Promise((resolve) => setImmediate(resolve))
  expect(read(2).order).toEqual([1])
  expect(destination.flushed).toBe(1)
  slow.resolve(answered('slow'))
  await ended
  expect(read(2).parts.map(({ rows }) => rows.toString())).toEqual(['slow', 'quick'])
  // Nobody is left behind at the stream.
  expect(destination.flushed).toBe(2)
})

test('a call that streams waits for room, and is told when there is some', async () => {
  const { stream, ended, read, destination } = createDestination()
  const { body, destination: part } = ownBody()
  batchBody([Promise.resolve(answered(body))], noTicket).pipe(stream)
  const written = await part
  destination.hasRoom = false
  expect(written.write('a')).toBe(false)
  const drained = new Promise<void>((resolve) => written.once('drain', resolve))
  destination.hasRoom = true
  destination.emit('drain')
  await drained
  expect(written.write('b')).toBe(true)
  written.end()
  await ended
  expect(read(1).parts[0]!.rows.toString()).toBe('ab')
})

test('a rendering that breaks off breaks off its own answer', async () => {
  const { stream, ended, read } = createDestination()
  const { body, destination: part } = ownBody()
  const answers = [answered(body), answered('fine')].map((one) => Promise.resolve(one))
  batchBody(answers, noTicket).pipe(stream)
  ;((await part) as unknown as { destroy: () => void }).destroy()
  await ended
  expect(read(2).parts.map(({ isBroken }) => isBroken)).toEqual([true, false])
})

test('long rows are cut, so that others come between them', async () => {
  const { stream, ended, read } = createDestination()
  const text = 'a'.repeat(200 * 1024)
  batchBody([Promise.resolve(answered(text))], noTicket).pipe(stream)
  await ended
  const { frames, parts } = read(1)
  expect(frames.length).toBe(5)
  expect(parts[0]!.rows.toString()).toBe(text)
})

test('when the client is gone every rendering stops, also one that has not begun', async () => {
  const { stream } = createDestination()
  const [first, second] = [ownBody(), ownBody()]
  const late = Promise.withResolvers<BatchedAnswer>()
  const batch = batchBody([Promise.resolve(answered(first.body)), late.promise], noTicket)
  batch.pipe(stream)
  await first.destination
  batch.abort(abandoned)
  late.resolve(answered(second.body))
  await expect.poll(() => [first.reasons[0], second.reasons[0]]).toEqual([abandoned, abandoned])
})

test('a ticket comes before the first answer that belongs with the page, and once', async () => {
  const { stream, ended, read } = createDestination()
  const tickets = ['sealed']
  const answers = [
    answered('plain'),
    answered('held', { hasUi: true, pageOf: 2 }),
    answered('page', { hasUi: true }),
  ]
  batchBody(
    answers.map((one) => Promise.resolve(one)),
    () => tickets.pop() ?? null,
  ).pipe(stream)
  await ended
  const { frames, ticket, parts } = read(3)
  expect(ticket).toBe('sealed')
  expect(frames.map(({ kind }) => kind)).toEqual([
    'rows',
    'end',
    'ticket',
    'with',
    'rows',
    'end',
    'rows',
    'end',
  ])
  expect(parts.map(({ pageOf }) => pageOf)).toEqual([null, 2, null])
})

test('what is no payload is a refusal, with its status', async () => {
  const { stream, ended, read } = createDestination()
  const headers: ServerAnswer['headers'] = [['content-type', 'text/plain']]
  const answer = { status: 404, headers, body: 'volley: stale' }
  batchBody([Promise.resolve({ ...alone, answer })], noTicket).pipe(stream)
  await ended
  expect(read(1).parts[0]!.refusal).toEqual({ status: 404, text: 'volley: stale' })
})
