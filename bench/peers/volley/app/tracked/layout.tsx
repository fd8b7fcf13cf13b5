export { default } from '../posts/layout'

export const tags: string[] = []
