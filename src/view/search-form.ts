import type { SubmitEvent } from 'react'

/**
 * Where a form leads whose fields go into the search parameters; `null` for a submission that is
 * left to the browser, or to React where the button has a function of its own.
 */
export function submittedTo(event: SubmitEvent<HTMLFormElement>): string | null {
  const form = event.currentTarget
  const { submitter } = event.nativeEvent
  const attribute = (name: string) =>
    submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name)

  const action = attribute('action') ?? ''
  if (/^javascript:/i.test(action)) return null
  const isUnsupported = Object.entries(supported).some(([name, value]) => {
    const given = attribute(name)?.toLowerCase() ?? value
    if (given !== value) warn(`${name}="${given}" is left to the browser, which loads a document.`)
    return given !== value
  })
  if (isUnsupported) return null

  const fields = [...new FormData(form, submitter)].map(([name, value]) => {
    if (typeof value === 'string') return [name, value]
    warn(`of the file field "${name}" only the file's name is sent: use a function as the action.`)
    return [name, value.name]
  })
  const url = new URL(action, document.baseURI)
  url.search = String(new URLSearchParams(fields))
  return url.href
}

const supported = {
  method: 'get',
  enctype: 'application/x-www-form-urlencoded',
  target: '_self',
}

function warn(text: string): void {
  // oxlint-disable-next-line no-console -- A hint for the developer, absent from production.
  if (process.env.NODE_ENV !== 'production') console.warn(`<Form>: ${text}`)
}
