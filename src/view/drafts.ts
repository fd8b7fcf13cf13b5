/**
 * What was typed into forms that an error took off the screen: when such a form comes back, it is
 * filled in again.
 */
let kept: { href: string; forms: HTMLFormElement[] } | undefined

/** Forms that leave the screen in the commit that is under way. */
let leaving: HTMLFormElement[] = []

export function leaveForm(form: HTMLFormElement): void {
  leaving.push(form)
  // After the commit: only its own boundaries may keep what left in it.
  queueMicrotask(() => (leaving = []))
}

/** Called by an error boundary in the commit that puts an error in place of its content. */
export function keepDrafts(): void {
  kept = { href: location.href, forms: leaving }
}

export function restoreDraft(form: HTMLFormElement): void {
  if (kept?.href !== location.href) return
  const fields = fieldsOf(form)
  const index = kept.forms.findIndex((other) => isSame(fields, fieldsOf(other)))
  const [draft] = index === -1 ? [] : kept.forms.splice(index, 1)
  if (!draft) return
  for (const [i, old] of fieldsOf(draft).entries()) copyInput(old, fields[i])
}

type Field = HTMLInputElement & Partial<Pick<HTMLSelectElement, 'options'>>

/** React's own fields are in the form only where it came as HTML. */
function fieldsOf(form: HTMLFormElement): Field[] {
  return ([...form.elements] as Field[]).filter(({ name }) => !name.startsWith('$ACTION'))
}

/** The same names and the same hidden values, as a list of forms may differ in an id alone. */
function isSame(fields: Field[], others: Field[]): boolean {
  const key = (list: Field[]) =>
    JSON.stringify(list.map(({ name, type, value }) => [name, type === 'hidden' && value]))
  return key(fields) === key(others)
}

function copyInput(from: Field, to: Field | undefined): void {
  if (!to || from.type === 'hidden') return
  if (from.type === 'file') to.files = from.files
  else {
    to.value = from.value
    to.checked = from.checked
  }
  for (const [i, option] of [...(to.options ?? [])].entries()) {
    option.selected = from.options?.[i]?.selected ?? false
  }
}
