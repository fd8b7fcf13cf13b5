import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createFromNodeStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { registerClientReference } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { loadKnownFunctions, serverManifest } from './function-table.ts'
import { moduleEntry, provideModules } from './modules.ts'
import { renderFlight } from './render.ts'

/** Values that only Flight can carry (promises, elements, cycles), as text. */
export async function flightText(values: unknown[]): Promise<string> {
  let failure: unknown = null
  const stream = renderFlight(values, {
    onError: (error) => {
      failure ??= error
      return ''
    },
  })
  const flight = await text(stream.pipe(new PassThrough()))
  if (failure !== null) throw failure
  return flight
}

/** The counterpart of `flightText`. Client components come back as references to them. */
export async function valuesFromFlight(flight: string): Promise<unknown[]> {
  await loadKnownFunctions(
    [...flight.matchAll(/\{"id":"([^"\\]{1,128})"/g)].map(([, id = '']) => id),
  )
  const model: unknown = await createFromNodeStream(Readable.from([flight]), {
    moduleMap: clientModules,
    serverModuleMap: serverManifest,
  })
  return Array.isArray(model) ? model : []
}

const clientModules = lookUp((id) => lookUp((name) => moduleEntry('client', `${id}#${name}`)))

provideModules('client', (reference) => {
  const end = reference.lastIndexOf('#')
  const unavailable = (): never => {
    throw new Error(`${reference} is a client component: a server function can only return it`)
  }
  return registerClientReference(unavailable, reference.slice(0, end), reference.slice(end + 1))
})

function lookUp(entry: (key: string) => object): object {
  return new Proxy({}, { get: (_target, key) => (typeof key === 'string' ? entry(key) : null) })
}
