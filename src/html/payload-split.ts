import { AsyncLocalStorage } from 'node:async_hooks'
import { PassThrough, Writable } from 'node:stream'

/** Takes the last piece as `null`. */
export type PayloadSink = (piece: Uint8Array | null) => void

/** What React asks of a stream that it reads. */
export interface PayloadSource {
  on(event: string, listener: (...values: unknown[]) => void): unknown
}

export interface PayloadSplit {
  /** Where the Flight stream is piped to: it has one destination, but two readers. */
  readonly input: Writable
  /**
   * For the HTML renderer. It sets the pace: what it does not read is not rendered. Its listeners
   * are called in the async context of who calls this, whoever writes.
   */
  read(): PayloadSource
  /** From now on `sink` gets each piece, those that came before first. */
  connect(sink: PayloadSink): void
}

export function createPayloadSplit(): PayloadSplit {
  const source = new PassThrough()
  const early: (Uint8Array | null)[] = []
  let sink: PayloadSink = (piece) => early.push(piece)
  const input = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      sink(piece)
      if (source.write(piece)) done()
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
    read() {
      const enter = AsyncLocalStorage.snapshot()
      return {
        on: (event, listener) => source.on(event, (...values) => enter(listener, ...values)),
      }
    },
    connect(next) {
      sink = next
      for (const piece of early.splice(0)) sink(piece)
    },
  }
}
