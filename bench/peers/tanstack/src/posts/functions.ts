import { createServerFn } from '@tanstack/react-start'
import { posts } from './data'

/** What the page shows. */
export const listPosts = createServerFn().handler(() => posts)

/** The case "value only". */
export const add = createServerFn({ method: 'POST' })
  .validator((args: [a: number, b: number]) => args)
  .handler(({ data: [a, b] }) => a + b)

/** The case "with the re-rendered page", together with the loader's request. */
export const touch = createServerFn({ method: 'POST' })
  .validator((a: number) => a)
  .handler(({ data }) => data + 1)

export const createPost = createServerFn({ method: 'POST' })
  .validator((formData: FormData) => formData)
  .handler(({ data }) => {
    posts.push({ id: crypto.randomUUID(), title: String(data.get('title')), text: '' })
  })

export const deletePost = createServerFn({ method: 'POST' })
  .validator((id: string) => id)
  .handler(({ data }) => {
    posts.splice(0, posts.length, ...posts.filter((post) => post.id !== data))
  })

export const sendFeedback = createServerFn({ method: 'POST' })
  .validator((args: { previous: string; formData: FormData }) => args)
  .handler(({ data: { previous, formData } }) => `${previous} ${formData.get('text')}`)
