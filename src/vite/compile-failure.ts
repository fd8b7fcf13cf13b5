import type { Rolldown } from 'vite'
import { CompileError } from '../compiler/compile-error.ts'
import { fileOf } from './module-file.ts'

/** The dev overlay and the terminal show the place in the author's text, not in what it became. */
export function failAt(context: Rolldown.PluginContext, error: unknown, id: string): never {
  if (!(error instanceof CompileError)) throw error
  const { message, line, column, frame } = error
  const file = fileOf(id)
  return context.error({ message, id: file, loc: { file, line, column: column - 1 }, frame })
}
