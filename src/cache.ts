export { refresh, revalidatePath, revalidateTag, updateTag } from './cache/revalidate.ts'
