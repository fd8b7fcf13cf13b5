import { CommandError } from './report-error.ts'

export function portInUse(port: number): CommandError {
  return new CommandError(`Port ${port} is in use. Name another one with --port or PORT.`)
}
