export {
  cacheLife,
  cacheTag,
  refresh,
  revalidatePath,
  revalidateTag,
  unstable_cache,
  unstable_noStore,
  updateTag,
} from '../cache.ts'
