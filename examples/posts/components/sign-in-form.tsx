'use client'

import { useActionState } from 'react'
import { Form } from 'volley/form'
import { signIn } from '@/functions/session'
import { describedBy, Field } from './field'
import { SubmitButton } from './submit-button'

export function SignInForm({ from }: { from: string }) {
  const [{ errors, values }, submit] = useActionState(signIn, {})
  return (
    <Form action={submit} keepValues={errors !== undefined} className="stack">
      <input type="hidden" name="from" value={from} />
      <Field name="name" label="Name" error={errors?.name}>
        <input
          {...describedBy('name', errors?.name)}
          defaultValue={values?.name}
          autoComplete="username"
          required
        />
      </Field>
      <Field name="password" label="Password" error={errors?.password}>
        <input
          {...describedBy('password', errors?.password)}
          type="password"
          autoComplete="current-password"
          required
        />
      </Field>
      <SubmitButton pending="Signing in …">Sign in</SubmitButton>
    </Form>
  )
}
