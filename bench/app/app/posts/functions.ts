'use server'

import { revalidatePath } from 'next/cache'
import { posts } from './data'

/** The case "value only". */
export async function add(a: number, b: number) {
  return a + b
}

/** The case "with the re-rendered page". */
export async function touch(a: number) {
  revalidatePath('/posts')
  return a + 1
}

export async function createPost(formData: FormData) {
  const title = String(formData.get('title'))
  posts.push({ id: crypto.randomUUID(), title, text: '' })
  revalidatePath('/posts')
}

export async function deletePost(id: string) {
  posts.splice(0, posts.length, ...posts.filter((post) => post.id !== id))
  revalidatePath('/posts')
}

export async function sendFeedback(previous: string, formData: FormData) {
  return `${previous} ${formData.get('text')}`
}
