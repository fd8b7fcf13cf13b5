'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'

type SubmitButtonProps = { children: ReactNode; pending: string; className?: string }

/** Says `pending` while the form around it is being sent, and cannot be pressed twice. */
export function SubmitButton({ children, pending, className = 'button' }: SubmitButtonProps) {
  const status = useFormStatus()
  return (
    <button className={className} disabled={status.pending}>
      {status.pending ? pending : children}
    </button>
  )
}
