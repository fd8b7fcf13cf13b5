import { unstable_cache } from 'next/cache'
import { posts, type Post } from '../posts/data'

export function getPost(id: string): Promise<Post> {
  return unstable_cache(async () => posts.find((post) => post.id === id) ?? posts[0]!, [id], {
    tags: ['posts', `post:${id}`],
  })()
}

export function getAuthor(name: string): Promise<string> {
  return unstable_cache(async () => `By ${name}`, [name], { tags: [`author:${name}`] })()
}
