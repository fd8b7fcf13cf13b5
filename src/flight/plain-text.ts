import { bindReference, loadFunction, referenceOf } from './function-table.ts'
import { holdsFunctions } from './kept-text.ts'
import { decodePlain, encodePlain, type ReferenceCodec } from './plain-values.ts'

/** Values that need no Flight, server functions among them, as text; `null` for others. */
export function plainText(values: unknown[]): string | null {
  return encodePlain(values, references)
}

/** The counterpart of `plainText`; a promise where functions have to be loaded first. */
export function valuesFromPlain(text: string): unknown[] | Promise<unknown[]> {
  return holdsFunctions(text) ? withFunctions(text) : decodePlain(text, references)
}

async function withFunctions(text: string): Promise<unknown[]> {
  const named = new Set<string>()
  decodePlain(text, { ...references, decode: ({ id }) => named.add(id) })
  await Promise.all([...named].map(loadFunction))
  return decodePlain(text, references)
}

/** Decodes synchronously, so the functions must have been loaded before. */
const references: ReferenceCodec = {
  encode: referenceOf,
  decode: ({ id, bound }) => bindReference(id, bound),
}
