'use client'

import { useActionState } from 'react'
import { Form } from 'volley/form'
import { checkSize } from '@/forms/image'
import { createPost } from '@/functions/posts'
import { Field } from './field'
import { SubmitButton } from './submit-button'

/**
 * `values` brings the texts back without JavaScript. With it, `keepValues` leaves the form as it
 * is after a failure, the chosen file included.
 */
export function PostForm() {
  const [{ errors, values }, submit] = useActionState(createPost, {})
  return (
    <Form action={submit} keepValues={errors !== undefined} className="stack">
      <Field
        name="title"
        label="Title"
        error={errors?.title}
        defaultValue={values?.title}
        required
      />
      <Field
        name="body"
        label="Text"
        hint="An empty line begins a paragraph."
        error={errors?.body}
        defaultValue={values?.body}
        rows={10}
      />
      <Field
        name="image"
        label="Image"
        hint="If you like, up to 800 kB."
        error={errors?.image}
        type="file"
        accept="image/*"
        onChange={checkSize}
      />
      <SubmitButton pending="Publishing …">Publish</SubmitButton>
    </Form>
  )
}
