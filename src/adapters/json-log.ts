import { toPrintableJson, type Log, type LogEvent } from '../server/log.ts'
import { inspectThrown } from './inspect-thrown.ts'

/** In characters, for what a client sent. */
const maxText = 128

/** In characters, for our own words about it and what they quote. */
const maxReason = 512

/** For collectors: a JSON object a line. Calls are not logged: an access log has them. */
export function createJsonLog(write: (text: string) => void): Log {
  return (event, request) => {
    if (event.kind === 'call') return
    const line = { time: new Date(), request, ...fields(event) }
    write(`${toPrintableJson(line)}\n`)
  }
}

function fields(event: Exclude<LogEvent, { kind: 'call' }>): object {
  if (event.kind === 'error') {
    const { where, digest, error } = event
    return { level: 'error', where: cut(where), digest, error: inspectThrown(error) }
  }
  const { status, method, target, reason } = event
  return {
    level: 'warn',
    status,
    method: cut(method),
    target: cut(target),
    reason: cut(reason, maxReason),
  }
}

function cut(text: string, limit = maxText): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text
}
