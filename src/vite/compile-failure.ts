import type { Rolldown } from 'vite'
import { CompileError } from '../compiler/compile-error.ts'

/** The dev overlay and the terminal show the place in the author's text, not in what it became. */
export function failAt(context: Rolldown.PluginContext, error: unknown, id: string): never {
  if (!(error instanceof CompileError)) throw error
  const { message, line, column, frame } = error
  const file = id.replace(/[?#].*$/, '')
  return context.error({ message, id: file, loc: { file, line, column: column - 1 }, frame })
}
