export type Post = { id: string; title: string; text: string }

export const posts: Post[] = Array.from({ length: 50 }, (_, index) => ({
  id: `post-${index}`,
  title: `Post number ${index}`,
  text: `The text of post number ${index}, which is about as long as a short sentence.`,
}))
