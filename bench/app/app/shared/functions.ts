'use server'

import { updateTag } from 'next/cache'

/** The case "a call that invalidates". */
export async function publish(id: string) {
  updateTag(`post:${id}`)
}
