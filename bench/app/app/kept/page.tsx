/** The page of 50 posts, made once for all visitors. */
export { default } from '../posts/page'

export const revalidate = 3600
