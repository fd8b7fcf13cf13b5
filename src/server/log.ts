/** Something that happened while a request was answered. */
export type LogEvent =
  | {
      kind: 'call'
      name: string
      args: unknown[]
      outcome: string
      milliseconds: number
      /** How many regions the answer carries. */
      regions: number
    }
  | { kind: 'error'; error: unknown; digest: string; where: string; source?: ErrorSource }
  | { kind: 'refused'; status: number; reason: string; method: string; target: string }

/** What of a request threw, where more is known of it than its route. */
export type ErrorSource = {
  routeType?: 'render' | 'route' | 'action' | 'proxy'
  renderSource?: 'react-server-components' | 'react-server-components-payload' | 'server-rendering'
  revalidateReason?: 'stale'
}

/** `request` is the id of the request that the event belongs to. */
export type Log = (event: LogEvent, request?: string) => void

/** Untrusted text in a log line: on one line, and no longer than `limit` characters. */
export function quote(text: string, limit = 128): string {
  return toPrintableJson(text.length > limit ? `${text.slice(0, limit)}…` : text)
}

/** JSON lets through what terminals take for control characters, and what others take for line ends. */
export function toPrintableJson(value: unknown): string {
  const json = JSON.stringify(value)
  return json.replaceAll(/[\x7f-\x9f\u2028\u2029]/g, (c) => `\\u${hex(c)}`)
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}
