import { type Context, createContext } from 'react'

/**
 * What was typed into forms that an error boundary took off the screen. The boundary gives it to
 * its content, and a form that comes back with the same fields is filled in again.
 */
export type Drafts = {
  /** Whether the boundary shows its error: only then was a form taken away by an error. */
  failed: () => boolean
  kept: Map<string, Draft>
}

type Draft = (string | boolean | boolean[] | FileList | null)[]

export const DraftsContext: Context<Drafts | null> = createContext<Drafts | null>(null)

/** Called while the form is still in the document. */
export function keepDraft(form: HTMLFormElement, { kept }: Drafts): void {
  const fields = fieldsOf(form)
  kept.set(
    signatureOf(form),
    fields.map((field) => {
      if (field instanceof HTMLSelectElement) return [...field.options].map((o) => o.selected)
      if (isToggle(field)) return field.checked
      return isFile(field) ? field.files : field.value
    }),
  )
}

export function restoreDraft(form: HTMLFormElement, { kept }: Drafts): void {
  const signature = signatureOf(form)
  const draft = kept.get(signature)
  if (!draft) return
  kept.delete(signature)
  for (const [i, field] of fieldsOf(form).entries()) restoreField(field, draft[i])
}

function restoreField(field: Field, value: Draft[number] | undefined): void {
  if (typeof value === 'string') field.value = value
  else if (Array.isArray(value)) {
    const { options } = field as HTMLSelectElement
    for (const [i, option] of [...options].entries()) option.selected = value[i] === true
  } else if (field instanceof HTMLInputElement) {
    if (typeof value === 'boolean') field.checked = value
    else if (value) field.files = value
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Hidden fields are not typed: what they hold is the server's to say. */
function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((element): element is Field =>
    element.matches('input:not([type=hidden]),textarea,select'),
  )
}

/** Tells the forms of a page apart: the names of all fields, and what the hidden ones hold. */
function signatureOf(form: HTMLFormElement): string {
  const inputs = [...form.elements].filter((element) => element instanceof HTMLInputElement)
  const hidden = inputs.filter(({ type, name }) => type === 'hidden' && !name.startsWith('$ACTION'))
  const names = fieldsOf(form).map(({ name }) => name)
  return JSON.stringify([names, hidden.map(({ name, value }) => [name, value])])
}

function isToggle(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio'
}

function isFile(field: Field): field is HTMLInputElement {
  return field.type === 'file'
}
