export {
  cacheLife,
  cacheLife as unstable_cacheLife,
  cacheTag,
  cacheTag as unstable_cacheTag,
  refresh,
  revalidatePath,
  revalidateTag,
  unstable_cache,
  unstable_noStore,
  updateTag,
} from '../cache.ts'
