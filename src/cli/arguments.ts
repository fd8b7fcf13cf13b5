import { parseArgs } from 'node:util'
import { editDistance } from '../compiler/edit-distance.ts'

/** What the command line asks for. `root` is as it was typed; '.' without one. */
export type Command =
  | { kind: 'new'; directory: string }
  | { kind: 'dev' | 'start'; root: string; address: Address }
  | { kind: 'build'; root: string }
  | { kind: 'functions'; root: string; json: boolean }
  | { kind: 'help' }
  | { kind: 'version' }

/** Where to listen. `port` is null where neither the command line nor `PORT` says one. */
export type Address = { port: number | null; host: string | null }

/** The command line cannot be understood; the message says how to write it. */
export class UsageError extends Error {
  override name = 'UsageError'
}

const commands = {
  new: '<dir>',
  dev: '[root] [--port N] [--host H]',
  build: '[root]',
  start: '[root] [--port N] [--host H]',
  functions: '[root] [--json]',
}
const explanations: Record<keyof typeof commands, string> = {
  new: 'make a small app',
  dev: 'run the app and follow its changes',
  build: 'make dist/ for production',
  start: 'serve what build made',
  functions: 'list every callable server function',
}
const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

export const help: string = [
  'Usage:',
  ...Object.entries(commands).map(([name, rest]) => {
    const line = `  volley ${name} ${rest}`
    return `${line.padEnd(46)}${isCommand(name) ? explanations[name] : ''}`
  }),
  '',
  'PORT and HOST in the environment stand in for the options. Default: http://localhost:3000',
].join('\n')

/** @throws UsageError */
export function parseCommand(
  argv: readonly string[],
  env: Record<string, string | undefined>,
): Command {
  const { values, positionals } = parseOptions(argv)
  if (values.version) return { kind: 'version' }
  const [name, ...rest] = positionals
  if (values.help || name === undefined || name === 'help') return { kind: 'help' }
  if (!isCommand(name)) throw new UsageError(unknown('command', name, Object.keys(commands)))
  refuseForeignOptions(name, values)
  if (rest.length > 1) throw new UsageError(`Too many arguments: volley ${name} ${commands[name]}`)
  if (name === 'new') return { kind: name, directory: requireDirectory(rest) }
  const [root = '.'] = rest
  if (name === 'build') return { kind: name, root }
  if (name === 'functions') return { kind: name, root, json: values.json ?? false }
  return { kind: name, root, address: parseAddress(values, env) }
}

function requireDirectory([directory]: string[]): string {
  if (directory !== undefined) return directory
  throw new UsageError(`Say where to make the app: volley new ${commands.new}`)
}

type Values = ReturnType<typeof parseOptions>['values']

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (cause) {
    const name = /'(--?[\w-]+)/.exec(cause instanceof Error ? cause.message : '')?.[1] ?? ''
    const names = Object.keys(options).map((option) => `--${option}`)
    const text = names.includes(name)
      ? `${name} needs a value, as in ${name} ${name === '--port' ? '3000' : '0.0.0.0'}.`
      : unknown('option', name, names)
    throw new UsageError(text, { cause })
  }
}

function refuseForeignOptions(name: keyof typeof commands, values: Values): void {
  const foreign = Object.keys(values).find((option) => !commands[name].includes(`--${option}`))
  if (foreign === undefined) return
  throw new UsageError(
    `\`volley ${name}\` has no option --${foreign}: volley ${name} ${commands[name]}`,
  )
}

function parseAddress(values: Values, env: Record<string, string | undefined>): Address {
  const port = values.port ?? (env['PORT'] || undefined)
  const host = values.host ?? (env['HOST'] || undefined)
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    const source = values.port === undefined ? 'PORT' : '--port'
    throw new UsageError(
      `${source} is ${JSON.stringify(port)}, but must be a number from 0 to 65535.`,
    )
  }
  return { port: port === undefined ? null : Number(port), host: host ?? null }
}

function unknown(what: 'command' | 'option', name: string, known: string[]): string {
  const near = known.find((candidate) => editDistance(name, candidate) <= 2)
  const advice = near === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${near}?`
  return `There is no ${what} ${JSON.stringify(name)}. ${advice}`
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name)
}
