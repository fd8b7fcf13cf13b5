'use server'

import { revalidatePath, updateTag } from 'next/cache'

/** The case "a call that touches one post". */
export async function editPost(id: string) {
  updateTag(`post:${id}`)
}

/** The same, and all posts are rendered again. */
export async function editAll(count: number) {
  revalidatePath(`/tracked/${count}`)
}
