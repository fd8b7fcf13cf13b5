import { renderToPipeableStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { createClientManifest } from './client-manifest.ts'
import { gateStreams } from './gated-streams.ts'
import { completeLate, type LateProperty, placeholder } from './late-property.ts'
import { createValve } from './valve.ts'

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
  /** The property of the model whose streams are read no faster than the client takes them. */
  gated?: string
  late?: LateProperty
}

/** Renders a model of elements and values to a Flight stream. */
export function renderFlight(model: object, options: FlightOptions): FlightStream {
  const { late, gated, ...rest } = options
  if (!late) return renderGated(model, gated, rest)
  // First, so that it is found in the first bytes.
  const stream = renderGated({ [late.name]: placeholder, ...model }, gated, rest)
  return withDestination(stream, (destination) => completeLate(destination, late.value))
}

function renderGated(
  model: object,
  gated: string | undefined,
  options: Pick<FlightOptions, 'onError' | 'temporaryReferences'>,
): FlightStream {
  if (gated === undefined) return renderToPipeableStream(model, clientManifest(), options)
  const valve = createValve()
  const gate = gateStreams(Reflect.get(model, gated), () => valve.gate())
  if (!gate) return renderToPipeableStream(model, clientManifest(), options)
  const whole = { ...model, [gated]: gate.value }
  const stream = renderToPipeableStream(whole, clientManifest(), options)
  return withDestination(stream, (destination) => valve.watch(destination))
}

/** A stream that does something to its destination before it writes there. */
function withDestination(
  stream: FlightStream,
  prepare: (destination: NodeJS.WritableStream) => void,
): FlightStream {
  return {
    pipe(destination) {
      prepare(destination)
      return stream.pipe(destination)
    },
    abort: (reason) => stream.abort(reason),
  }
}

const production = createClientManifest()

function clientManifest(): object {
  if (process.env.NODE_ENV === 'production') return production
  return createClientManifest(`$$cache=${Math.random().toString(36).slice(2)}`)
}
