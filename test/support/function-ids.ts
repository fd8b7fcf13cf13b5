import { runCli, type Environment } from './cli.ts'

/** The id of each callable server function of a built app, by its name. */
export async function functionIds(
  root: string,
  environment: Environment = {},
): Promise<Record<string, string>> {
  const command = runCli(['functions', root, '--json'], { environment })
  if ((await command.exited) !== 0) throw new Error(command.output())
  const functions = JSON.parse(command.stdout()) as { name: string; id: string }[]
  return Object.fromEntries(functions.map(({ name, id }) => [name, id]))
}
