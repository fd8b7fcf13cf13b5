import { AsyncLocalStorage } from 'node:async_hooks'
import { PassThrough, Writable } from 'node:stream'

/** Takes the last piece as `null`. */
export type PayloadSink = (piece: Uint8Array | null) => void

export interface PayloadSplit {
  /** Where the Flight stream is piped to: it has one destination, but two readers. */
  readonly input: Writable
  /** For the HTML renderer. It sets the pace: what it does not read is not rendered. */
  readonly source: PassThrough
  /** From now on `source` is fed in the async context of the caller. */
  feedHere(): void
  /** From now on `sink` gets each piece, those that came before first. */
  connect(sink: PayloadSink): void
}

export function createPayloadSplit(): PayloadSplit {
  const source = new PassThrough()
  const early: (Uint8Array | null)[] = []
  let sink: PayloadSink = (piece) => early.push(piece)
  let feed = (piece: Uint8Array): boolean => source.write(piece)
  const input = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      sink(piece)
      if (feed(piece)) done()
      else source.once('drain', () => done())
    },
    final(done) {
      sink(null)
      source.end(done)
    },
    destroy(error, done) {
      if (error) {
        // The payload breaks off: the HTML renderer reports it, and the document must end all the same.
        source.destroy(error)
        sink(null)
      }
      done(null)
    },
  })
  return {
    input,
    source,
    feedHere() {
      const enter = AsyncLocalStorage.snapshot()
      feed = (piece) => enter(() => source.write(piece))
    },
    connect(next) {
      sink = next
      for (const piece of early.splice(0)) sink(piece)
    },
  }
}
