import { createRequire } from 'node:module'
import { createElement as h, type ElementType, type ReactNode } from 'react'

type Flight = {
  registerClientReference(implementation: () => void, id: string, name: string): ElementType
  registerServerReference<fn>(fn: fn, id: string, name: null): fn
}

export const flight = createRequire(import.meta.url)(
  '@vitejs/plugin-rsc/vendor/react-server-dom/server.node',
) as Flight

const posts = Array.from({ length: 50 }, (_, index) => ({
  id: `post-${index}`,
  title: `Post number ${index}`,
  text: `The text of post number ${index}, which is about as long as a short sentence.`,
}))

/** The same functions as the app's, under ids of the same length. */
export const functions = new Map<string, (...args: never[]) => unknown>()
define('aaaaaaaaaaaaaaaaaaaaaa2', async (a: number, b: number) => a + b)
export const touch = define('tttttttttttttttttttttt1', async (a: number) => a + 1)
const createPost = define('cccccccccccccccccccccc1', async (_formData: FormData) => {})
const deletePost = define('dddddddddddddddddddddd1', async (_id: string) => {})

const Counter = flight.registerClientReference(() => {}, 'counter', 'Counter')
const Feedback = flight.registerClientReference(() => {}, 'feedback', 'Feedback')

function define<fn extends (...args: never[]) => unknown>(id: string, run: fn): fn {
  functions.set(id, run)
  return flight.registerServerReference(run, id, null)
}

/** The page of `bench/app`, element for element: two layouts, fifty posts, two islands. */
export function root(): ReactNode {
  return h(RootLayout, null, h(Layout, null, h(Page)))
}

function RootLayout({ children }: { children?: ReactNode }) {
  return h('html', { lang: 'en' }, h('body', null, children))
}

function Layout({ children }: { children?: ReactNode }) {
  return h('div', { className: 'posts' }, h('header', null, h('h1', null, 'Posts')), children)
}

/** A bound function takes no form data of its own; React's types want it to say so. */
function deleteOf(id: string): () => Promise<void> {
  return deletePost.bind(null, id)
}

function Page() {
  const create = h(
    'form',
    { action: createPost },
    h('input', { name: 'title', required: true }),
    h('button', null, 'Create'),
  )
  const items = posts.map(({ id, title, text }) =>
    h(
      'li',
      { key: id },
      h('h2', null, title),
      h('p', null, text),
      h('form', { action: deleteOf(id) }, h('button', null, 'Delete')),
    ),
  )
  return h('main', null, create, h(Counter), h(Feedback), h('ul', null, items))
}
