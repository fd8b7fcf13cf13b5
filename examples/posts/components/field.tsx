import type { ReactNode } from 'react'

type FieldProps = {
  name: string
  label: string
  hint?: string
  error?: string
  children: ReactNode
}

/** A label, a control and what is wrong with it. The control points here with `describedBy`. */
export function Field({ name, label, hint, error, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {children}
      {hint && !error && <small id={`${name}-note`}>{hint}</small>}
      {error && (
        <small id={`${name}-note`} className="error" role="alert">
          {error}
        </small>
      )}
    </div>
  )
}

/** The attributes that tie a control to its `Field`. */
export function describedBy(name: string, error: string | undefined) {
  return { id: name, name, 'aria-describedby': `${name}-note`, 'aria-invalid': error !== undefined }
}
