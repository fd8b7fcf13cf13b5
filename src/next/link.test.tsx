// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { find, showComponent } from '../../test/support/show-page.tsx'
import Link from './link.tsx'

test('what only Next.js has to say reaches no element', async () => {
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {})
  await showComponent(
    <Link href="/posts" passHref legacyBehavior={false}>
      Posts
    </Link>,
  )
  expect(find('a').outerHTML).toBe('<a href="/posts">Posts</a>')
  expect(complained).not.toHaveBeenCalled()
})

test('with legacyBehavior a child that is an anchor is the link itself', async () => {
  await showComponent(
    <Link href="/posts" legacyBehavior>
      <a className="nav">
        All <b>posts</b>
      </a>
    </Link>,
  )
  expect(find('a').outerHTML).toBe('<a class="nav" href="/posts">All <b>posts</b></a>')
})
