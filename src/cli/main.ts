import { existsSync } from 'node:fs'
import { help, parseCommand, type Command } from './arguments.ts'
import { requireNode } from './node-version.ts'
import { CommandError, reportError } from './report-error.ts'

/** Each command is loaded alone: `start` must not wait for the bundler that `build` needs. */
async function run(command: Command): Promise<void> {
  switch (command.kind) {
    case 'help':
      return console.log(help)
    case 'version':
      return (await import('./version.ts')).printVersion()
    case 'new':
      return (await import('./new.ts')).createApp(command.directory)
    case 'dev':
      return (await import('./dev.ts')).dev(enter(command.root, 'development'), command.address)
    case 'build':
      return (await import('./build.ts')).build(enter(command.root, 'production'))
    case 'start':
      return (await import('./start.ts')).start(enter(command.root, 'production'), command.address)
    default:
      return (await import('./functions.ts')).listFunctions(
        enter(command.root, 'production'),
        command,
      )
  }
}

/**
 * The app's directory becomes the working directory, which is where plugin-rsc looks for a
 * package.json; and React must see the mode before it is loaded.
 */
function enter(root: string, mode: 'development' | 'production'): string {
  process.env['NODE_ENV'] = mode
  if (!existsSync(root)) throw new CommandError(`There is no directory ${root}.`)
  process.chdir(root)
  return process.cwd()
}

try {
  requireNode(process.versions.node)
  await run(parseCommand(process.argv.slice(2), process.env))
} catch (error) {
  reportError(error)
  process.exitCode = 1
}
