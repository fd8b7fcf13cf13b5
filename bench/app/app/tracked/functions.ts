'use server'

import { updateTag } from 'next/cache'

/** The case "a call that touches one post". */
export async function editPost(id: string) {
  updateTag(`post:${id}`)
}
