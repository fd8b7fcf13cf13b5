/** Of the payload, as React writes it. */
export type Piece = Uint8Array | string

/** Takes the last piece as `null`. */
export type PayloadSink = (piece: Piece | null) => void

/** What React asks of a stream that it reads. */
export interface PayloadSource {
  on(event: string, listener: (value?: unknown) => void): unknown
}

export interface PayloadSplit {
  /** Where the Flight stream is piped to: it has one destination, but two readers. */
  readonly input: NodeJS.WritableStream
  /** Fulfilled when the payload has come, or has broken off. */
  readonly complete: Promise<void>
  /**
   * For the HTML renderer. Its listeners are called in the async context of who calls this, whoever
   * writes; with what came before, as they are added.
   */
  read(): PayloadSource
  /** From now on `sink` gets each piece, those that came before first. */
  connect(sink: PayloadSink): void
}

/**
 * Both readers take what they get, so nothing is held back. It is no Node stream: those keep what
 * they were given until the next full garbage collection, which cost as much as the rendering.
 */
export function createPayloadSplit(): PayloadSplit {
  const pieces: (Piece | null)[] = []
  let sink: PayloadSink = (piece) => pieces.push(piece)
  const reader = createReader()
  const { promise: complete, resolve } = Promise.withResolvers<void>()
  const input = {
    writable: true,
    write(piece: Piece): boolean {
      sink(piece)
      reader.tell('data', piece)
      return true
    },
    end() {
      sink(null)
      reader.tell('end')
      resolve()
    },
    /** The payload breaks off: the HTML renderer reports it, and the document must end all the same. */
    destroy(error?: Error) {
      reader.tell('error', error)
      sink(null)
      resolve()
    },
    /** There is always room, and it never closes early. */
    on: () => input,
  }
  return {
    input: input as unknown as NodeJS.WritableStream,
    complete,
    read: reader.read,
    connect(next) {
      sink = next
      for (const piece of pieces.splice(0)) sink(piece)
    },
  }
}

type Told = { event: string; value?: unknown }
type Reader = Pick<PayloadSplit, 'read'> & { tell: (event: string, value?: unknown) => void }

/** What is told later is read by a promise that was made in `read()`, which keeps its context. */
function createReader(): Reader {
  const untold: Told[] = []
  let isOver = false
  let wake: (() => void) | null = null

  const follow = async (take: (told: Told) => void): Promise<void> => {
    for (;;) {
      // What is told while something is taken is taken next.
      untold.splice(0).forEach(take)
      if (untold.length > 0) continue
      if (isOver) return
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return {
    tell(event, value) {
      untold.push({ event, value })
      isOver ||= event !== 'data'
      wake?.()
    },
    read() {
      const early = untold.splice(0)
      const listeners = new Map<string, (value?: unknown) => void>()
      void follow(({ event, value }) => listeners.get(event)?.(value))
      return {
        on(event, listener) {
          listeners.set(event, listener)
          for (const told of early) if (told.event === event) listener(told.value)
        },
      }
    },
  }
}
