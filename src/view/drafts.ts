type Drafts = Map<string, Field[]>
type Field = HTMLInputElement & Partial<Pick<HTMLSelectElement, 'options'>>

/** The fields of forms that an error took off the screen. */
let kept: Drafts = new Map()

/** Those of forms that leave the screen in the commit that is under way. */
let leaving: Drafts = new Map()

/** Called before the form leaves the document. */
export function leaveForm(form: HTMLFormElement): void {
  leaving.set(keyOf(form), fieldsOf(form))
  // After the commit: only its own boundaries may keep what left in it.
  queueMicrotask(() => (leaving = new Map()))
}

/** Called by an error boundary in the commit that puts an error in place of its content. */
export function keepDrafts(): void {
  kept = leaving
}

/** Fills a form in as it was when an error took it off the screen. */
export function restoreDraft(form: HTMLFormElement): void {
  const key = keyOf(form)
  kept.get(key)?.forEach((from, i) => copyInput(from, fieldsOf(form)[i]))
  kept.delete(key)
}

/** The page, the names of the fields and the hidden values: forms of a list may differ in an id. */
function keyOf(form: HTMLFormElement): string {
  const fields = fieldsOf(form)
  return location.href + fields.map(({ name, type, value }) => name + (type === 'hidden' && value))
}

/** React's own fields are in the form only where it came as HTML. */
function fieldsOf(form: HTMLFormElement): Field[] {
  return ([...form.elements] as Field[]).filter(({ name }) => !name.startsWith('$ACTION'))
}

function copyInput(from: Field, to: Field | undefined): void {
  if (!to) return
  if (from.type === 'file') to.files = from.files
  else to.value = from.value
  to.checked = from.checked
  for (const [i, { selected }] of [...(from.options ?? [])].entries()) {
    const option = to.options?.[i]
    if (option) option.selected = selected
  }
}
