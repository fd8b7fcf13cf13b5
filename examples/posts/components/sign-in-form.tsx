'use client'

import { useActionState } from 'react'
import { Form } from 'volley/form'
import { signIn } from '@/functions/session'
import { Field } from './field'
import { SubmitButton } from './submit-button'

/** A password is never sent back; with JavaScript it is still there, as the form is not emptied. */
export function SignInForm({ from }: { from: string }) {
  const [{ errors, values }, submit] = useActionState(signIn, {})
  return (
    <Form action={submit} keepValues={errors !== undefined} className="stack">
      <input type="hidden" name="from" value={from} />
      <Field
        name="name"
        label="Name"
        error={errors?.name}
        defaultValue={values?.name}
        autoComplete="username"
        required
      />
      <Field
        name="password"
        label="Password"
        error={errors?.password}
        type="password"
        autoComplete="current-password"
        required
      />
      <SubmitButton pending="Signing in …">Sign in</SubmitButton>
    </Form>
  )
}
