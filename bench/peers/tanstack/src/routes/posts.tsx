import { createFileRoute, Outlet } from '@tanstack/react-router'

/** The layout. */
export const Route = createFileRoute('/posts')({
  component: () => (
    <div className="posts">
      <header>
        <h1>Posts</h1>
      </header>
      <Outlet />
    </div>
  ),
})
