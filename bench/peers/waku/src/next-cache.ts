/** What the app's functions take from `next/cache`, in Waku's words. */
export { unstable_rerenderRoute as revalidatePath } from 'waku/router/server'
