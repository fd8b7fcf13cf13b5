'use server'

import { revalidatePath } from 'next/cache'

/** The case "with the re-rendered page", for a page of any size. */
export async function refresh(count: number, times: number) {
  revalidatePath(`/growth/${count}`)
  return times + 1
}
