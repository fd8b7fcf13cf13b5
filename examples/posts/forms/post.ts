import { field } from './field'
import { readImage, type NewImage } from './image'

/** What the form shows after a failure. The texts are there for browsers without JavaScript. */
export type PostFormState = {
  errors?: { title?: string; body?: string; image?: string }
  values?: { title: string; body: string }
}

type ParsedPost = { title: string; body: string; image: NewImage | null }

/** Either the post that the form describes, or what is wrong with it. */
export async function parsePost(form: FormData): Promise<ParsedPost | Required<PostFormState>> {
  const values = { title: field(form, 'title'), body: field(form, 'body') }
  const image = await readImage(form.get('image'))

  const errors: PostFormState['errors'] = {}
  if (values.title.length < 3) errors.title = 'A title has at least three letters.'
  if (values.title.length > 100) errors.title = 'A title has at most a hundred letters.'
  if (values.body.length < 20) errors.body = 'Write a little more: at least twenty letters.'
  if (values.body.length > 20_000)
    errors.body = 'That is a book. A post has at most 20,000 letters.'
  if (typeof image === 'string') errors.image = image

  const failed = typeof image === 'string' || Object.keys(errors).length > 0
  return failed ? { errors, values } : { ...values, image }
}
