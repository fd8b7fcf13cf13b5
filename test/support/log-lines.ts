import type { App } from './app.ts'

/** A line of the log of `volley start`. */
export type LogLine = {
  time: string
  level: string
  where?: string
  digest?: string
  error?: string
  status?: number
  method?: string
  target?: string
  reason?: string
}

/** What the app has logged since a moment that this function notes: one JSON object a line. */
export function watchLog(app: App): { text: () => string; lines: () => LogLine[] } {
  const start = app.output().length
  const text = () => app.output().slice(start)
  return {
    text,
    lines: () =>
      text()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LogLine),
  }
}
