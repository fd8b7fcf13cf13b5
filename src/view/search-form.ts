import type { SubmitEvent } from 'react'
import { addressOf } from './base-path.ts'
import { warnOfFiles, warnOfSubmitter } from './form-warnings.ts'

/**
 * Where a form leads whose fields go into the search parameters of `path`; `null` for a submission
 * that is left to the browser, or to React where the button has a function of its own.
 */
export function submittedTo(event: SubmitEvent<HTMLFormElement>, path: string): string | null {
  const { submitter } = event.nativeEvent
  // Of the encodings only the usual one begins with an `a`.
  const names = ['formmethod', 'formenctype', 'formtarget', 'formaction']
  const way = names.map((name) => submitter?.getAttribute(name))
  if (!/^(get)?,(a.+)?,(_self)?,(?!javascript:)/i.test(way.join())) {
    if (process.env.NODE_ENV !== 'production') warnOfSubmitter(submitter as HTMLElement)
    return null
  }
  const fields = [...new FormData(event.currentTarget, submitter)]
  if (process.env.NODE_ENV !== 'production') warnOfFiles(fields)
  const pairs = fields.map(([name, value]) => [name, (value as File).name ?? value])
  const url = new URL(way[3] ?? addressOf(path), location.href)
  // As browsers send lines.
  url.search = `${new URLSearchParams(pairs)}`.replace(/%0D%0A|%0[AD]/g, '%0D%0A')
  return url.href
}
