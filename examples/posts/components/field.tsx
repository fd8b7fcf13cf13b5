import type { ComponentProps } from 'react'

type FieldProps = Omit<ComponentProps<'input'>, 'name'> & {
  name: string
  label: string
  hint?: string
  error?: string
  /** With a number of rows, the control is a textarea. */
  rows?: number
}

/** A label, a control, and what is wrong with it: said to screen readers too. */
export function Field({ name, label, hint, error, rows, ...input }: FieldProps) {
  const Control = rows ? 'textarea' : 'input'
  const note = `${name}-note`
  const control = { id: name, name, rows, 'aria-describedby': note, 'aria-invalid': Boolean(error) }
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <Control {...(input as object)} {...control} />
      <small id={note} role={error && 'alert'}>
        {error ?? hint}
      </small>
    </div>
  )
}
