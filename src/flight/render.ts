import { renderToPipeableStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { createClientManifest } from './client-manifest.ts'
import { gateStreams } from './gated-streams.ts'

/** A Flight stream that has started: it can be piped to one destination. */
export interface FlightStream {
  pipe<destination extends NodeJS.WritableStream>(destination: destination): destination
  abort(reason?: unknown): void
}

export type FlightOptions = {
  /** Called for each error while rendering; what it returns reaches the browser as `digest`. */
  onError: (error: unknown) => string
  /** From the decoding of the arguments that the model may contain again. */
  temporaryReferences?: object | undefined
}

/** Renders a model of elements and values to a Flight stream. */
export function renderFlight(model: unknown, options: FlightOptions): FlightStream {
  const valve = createValve()
  const gated = gateStreams(model, valve.gate)
  const stream = renderToPipeableStream(gated ? gated.value : model, clientManifest(), options)
  if (!gated) return stream
  return {
    pipe(destination) {
      valve.watch(destination)
      return stream.pipe(destination)
    },
    abort: (reason) => stream.abort(reason),
  }
}

/** Lets a stream give its next piece when the one before has been written and there is room. */
function createValve() {
  let destination: NodeJS.WritableStream | null = null
  let isFull = false
  const waiting: (() => void)[] = []
  const open = (): void => {
    isFull = false
    for (const go of waiting.splice(0)) go()
  }
  return {
    async gate(): Promise<void> {
      // React writes what it has read in a turn of the event loop of its own.
      await new Promise((resolve) => setImmediate(resolve))
      if (isFull || !destination) await new Promise<void>((go) => waiting.push(go))
    },
    watch(watched: NodeJS.WritableStream): void {
      destination = watched
      const write = watched.write.bind(watched) as (piece: Uint8Array | string) => boolean
      // React passes a piece and nothing else.
      watched.write = (piece: Uint8Array | string): boolean => {
        isFull = !write(piece)
        return !isFull
      }
      for (const event of ['drain', 'close', 'error']) watched.on(event, open)
      open()
    },
  }
}

const production = createClientManifest()

function clientManifest(): object {
  if (process.env.NODE_ENV === 'production') return production
  return createClientManifest(`$$cache=${Math.random().toString(36).slice(2)}`)
}
