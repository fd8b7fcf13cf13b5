import type { SubmitEvent } from 'react'

/**
 * Where a form leads whose fields go into the search parameters; `null` for a submission that is
 * left to the browser, or to React where the button has a function of its own.
 */
export function submittedTo(event: SubmitEvent<HTMLFormElement>): string | null {
  const form = event.currentTarget
  const { submitter } = event.nativeEvent
  const attribute = (name: string) =>
    submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''

  const action = attribute('action')
  if (/^javascript:/i.test(action)) return null
  if (!/^(get)?,(_self)?$/i.test(`${attribute('method')},${attribute('target')}`)) {
    warn('with this method or target is left to the browser, which loads a document.')
    return null
  }
  const fields = [...new FormData(form, submitter)].map(([name, value]) => {
    if (typeof value === 'string') return [name, value]
    warn('sends only the names of files: use a function as its action.')
    return [name, value.name]
  })
  const search = new URLSearchParams(fields).toString()
  return new URL(`?${search}`, new URL(action, location.href)).href
}

function warn(text: string): void {
  // oxlint-disable-next-line no-console -- A hint for the developer, absent from production.
  if (process.env.NODE_ENV !== 'production') console.warn(`A <Form> ${text}`)
}
