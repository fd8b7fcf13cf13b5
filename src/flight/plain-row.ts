import { plainJson } from './plain-json.ts'

/**
 * A model without elements, promises and the like as the one Flight row that it makes, or `null`
 * where only React's renderer knows its rows:
 *
 *     { outcome: { kind: 'value', value: undefined } }
 *     0:{"outcome":{"kind":"value","value":"$undefined"}}
 *
 * React's renderer costs several times as much as the rest of a call that returns a number.
 */
export function plainRow(model: object): string | null {
  const json = plainJson(model)
  return json === null ? null : `0:${json}\n`
}
