import { inspect } from 'node:util'
import { quote, type Log, type LogEvent } from '../server/log.ts'
import { inspectThrown } from './inspect-thrown.ts'

/** The most characters that a line shows of the arguments of a call. */
const maxArguments = 100

/** Prints what happens to the terminal of a developer. */
export function createConsoleLog({ showsCalls }: { showsCalls: boolean }): Log {
  return (event) => {
    if (event.kind === 'call') {
      if (showsCalls) process.stdout.write(`${callLine(event)}\n`)
      return
    }
    process.stderr.write(`${event.kind === 'error' ? errorText(event) : refusalLine(event)}\n`)
  }
}

type Call = Extract<LogEvent, { kind: 'call' }>

/** `call app/posts.ts#create('Hello', FormData { title: 'x' }) → value, 2 regions, 12 ms` */
export function callLine({ name, args, outcome, milliseconds, regions }: Call): string {
  const shown = oneLine(args.map(inspectArgument).join(', '))
  const cut = shown.length > maxArguments ? `${shown.slice(0, maxArguments)}…` : shown
  const sent = regions === 1 ? '1 region' : `${regions} regions`
  return `call ${name}(${cut}) → ${outcome}, ${sent}, ${Math.round(milliseconds)} ms`
}

function inspectArgument(argument: unknown): string {
  if (!(argument instanceof FormData)) return inspectShortly(argument)
  // React's own fields name the function, which the line does anyway.
  const visible = [...argument].filter(([name]) => !name.startsWith('$ACTION_'))
  const fields = visible.map(([name, value]) => {
    return `${name}: ${typeof value === 'string' ? inspectShortly(value) : `File ${value.size} B`}`
  })
  return `FormData { ${fields.join(', ')} }`
}

function inspectShortly(value: unknown): string {
  return inspect(value, { depth: 1, maxStringLength: 40, maxArrayLength: 5, breakLength: Infinity })
}

function errorText({ error, digest, where }: Extract<LogEvent, { kind: 'error' }>): string {
  return `error ${quote(digest)} in ${oneLine(where)}\n${inspectThrown(error)}`
}

type Refused = Extract<LogEvent, { kind: 'refused' }>

function refusalLine({ status, method, target, reason }: Refused): string {
  return `refused ${status} ${quote(method)} ${quote(target)}: ${oneLine(reason)}`
}

/** Field names and reasons may hold what a client sent: no control character reaches the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
