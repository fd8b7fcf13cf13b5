'use client'

import { useActionState } from 'react'
import { Form } from 'volley/form'
import { createPost } from '@/functions/posts'
import { describedBy, Field } from './field'
import { SubmitButton } from './submit-button'

/**
 * `values` brings the texts back without JavaScript. With it, `keepValues` leaves the form as it
 * is after a failure, the chosen file included.
 */
export function PostForm() {
  const [{ errors, values }, submit] = useActionState(createPost, {})
  return (
    <Form action={submit} keepValues={errors !== undefined} className="stack">
      <Field name="title" label="Title" error={errors?.title}>
        <input {...describedBy('title', errors?.title)} defaultValue={values?.title} required />
      </Field>
      <Field name="body" label="Text" hint="An empty line begins a paragraph." error={errors?.body}>
        <textarea {...describedBy('body', errors?.body)} defaultValue={values?.body} rows={10} />
      </Field>
      <Field name="image" label="Image" hint="Up to 800 kB, if you like." error={errors?.image}>
        <input {...describedBy('image', errors?.image)} type="file" accept="image/*" />
      </Field>
      <SubmitButton pending="Publishing …">Publish</SubmitButton>
    </Form>
  )
}
