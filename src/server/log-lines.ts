import { inspect } from 'node:util'
import { quote, type Log, type LogEvent } from './log.ts'

/** For people: a line for each call, errors with their stacks. */
export function createReadableLog(write: (text: string) => void): Log {
  return (event) => write(`${readable(event)}\n`)
}

/** For collectors: a JSON object a line. Calls are not logged: an access log has them. */
export function createJsonLog(write: (text: string) => void): Log {
  return (event) => {
    if (event.kind !== 'call') write(`${JSON.stringify({ time: new Date(), ...fields(event) })}\n`)
  }
}

function readable(event: LogEvent): string {
  if (event.kind === 'call') {
    const args = event.args.map((arg) => argument(arg)).join(', ')
    const time = `${event.milliseconds.toFixed(0)} ms`
    const regions = `${event.regions} ${event.regions === 1 ? 'region' : 'regions'}`
    return `${event.name}(${args}) → ${event.outcome} in ${time}, ${regions}`
  }
  if (event.kind === 'error')
    return `${event.where} failed (${event.digest}): ${stack(event.error)}`
  const { status, method, target, reason } = event
  return `${status} ${quote(method)} ${quote(target)}: ${reason}`
}

function fields(event: Exclude<LogEvent, { kind: 'call' }>): object {
  if (event.kind === 'error') {
    return { level: 'error', where: event.where, digest: event.digest, error: stack(event.error) }
  }
  const { status, method, target, reason } = event
  return { level: 'warn', status, method: cut(method), target: cut(target), reason }
}

const maxText = 128

function cut(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text
}

/** One line for each argument, short: it may hold a whole file. */
function argument(value: unknown): string {
  const shown = value instanceof FormData ? Object.fromEntries(visibleFields(value)) : value
  const text = inspect(shown, {
    depth: 1,
    breakLength: Infinity,
    maxArrayLength: 5,
    maxStringLength: 40,
  })
  return cut(text.replaceAll('\n', ' '))
}

function visibleFields(form: FormData): [string, unknown][] {
  return [...form].filter(([name]) => !name.startsWith('$ACTION_'))
}

function stack(error: unknown): string {
  return error instanceof Error ? inspect(error) : `Thrown: ${inspect(error)}`
}
