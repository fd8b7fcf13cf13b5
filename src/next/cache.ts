export { refresh, revalidatePath, revalidateTag, updateTag } from '../cache.ts'
