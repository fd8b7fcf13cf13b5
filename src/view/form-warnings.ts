import type { FormProps } from './form.tsx'

/**
 * What the developer of a `<Form>` should know, in the console of the browser. Production builds
 * leave the calls out, and so this file.
 */
export function warnOfProps(props: FormProps): void {
  const { action, ...others } = props
  const isPath = typeof action === 'string'
  const isGiven = (name: string) => Reflect.get(others, name) !== undefined
  for (const name of ['method', 'encType', 'target'].filter(isGiven)) {
    const advice = isPath ? 'use a function as its action to change data' : 'leave it out'
    warn(`has no \`${name}\`, and goes on as if there was none: ${advice}, or use <form>.`)
  }
  for (const name of isPath ? [] : ['replace', 'scroll', 'prefetch'].filter(isGiven)) {
    warn(`whose action is a function does nothing with \`${name}\`: use redirect() or useRouter().`)
  }
  if (isPath && /\?[^#]/.test(action)) {
    warn(`to ${JSON.stringify(action)} drops that search: use <input type="hidden"> instead.`)
  }
}

/** React names a function of the server by such attributes too. */
export function warnOfSubmitter(submitter: HTMLElement): void {
  if (submitter.getAttribute('name')?.startsWith('$ACTION_')) return
  const attributes = ['formmethod', 'formenctype', 'formtarget'].flatMap((name) => {
    const value = submitter.getAttribute(name)
    return value === null ? [] : `${name}=${JSON.stringify(value)}`
  })
  warn(`left a submission to the browser, because its button has ${attributes.join(', ')}.`)
}

export function warnOfFiles(fields: [string, FormDataEntryValue][]): void {
  const files = fields.flatMap(([name, value]) => (typeof value === 'string' ? [] : name))
  if (files.length === 0) return
  warn(`sends only the names of the files in ${files.join(', ')}: use a function as its action.`)
}

function warn(text: string): void {
  // oxlint-disable-next-line no-console -- A hint for the developer, absent from production.
  console.warn(`A <Form> ${text}`)
}
