import { codeFrame, positionAt, type Span } from './code-frame.ts'

export type CompileErrorCode =
  | 'cache-in-client'
  | 'cached-generator'
  | 'captured-too-early'
  | 'circular-capture'
  | 'class-member'
  | 'commonjs'
  | 'conflicting-directives'
  | 'export-all'
  | 'export-name'
  | 'font-file'
  | 'font-option'
  | 'font-place'
  | 'forbidden-keyword'
  | 'hidden-capture'
  | 'inline-in-client'
  | 'misplaced-directive'
  | 'misspelt-directive'
  | 'not-a-function'
  | 'not-async'
  | 'region-component'
  | 'unknown-cache'

/** A text of the app: `path` is relative to the root, with forward slashes. */
export type SourceFile = { path: string; code: string }

export type Problem = { code: CompileErrorCode; text: string; fix: string; at: Span }

/** A wrong use of a directive: what is wrong, where, and what to do about it. */
export class CompileError extends Error {
  override name = 'CompileError'
  readonly code: CompileErrorCode
  /** Relative to the root, with forward slashes. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
  readonly frame: string
  /** The last sentences of the message: what to do. */
  readonly fix: string

  constructor(source: SourceFile, { code, text, fix, at }: Problem) {
    super(`${text} ${fix}`)
    const { line, column } = positionAt(source.code, at.start)
    this.code = code
    this.file = source.path
    this.line = line
    this.column = column
    this.frame = codeFrame(source.code, at)
    this.fix = fix
  }
}
