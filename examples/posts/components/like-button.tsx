'use client'

import { useOptimistic, useTransition, type MouseEvent } from 'react'
import { likePost } from '@/functions/posts'

type LikeButtonProps = { postId: number; likes: number; liked: boolean }

/** A form for browsers without JavaScript; with it, the click counts before the server answers. */
export function LikeButton({ postId, likes, liked }: LikeButtonProps) {
  const [, startTransition] = useTransition()
  const [shown, show] = useOptimistic({ likes, liked })

  function toggle(event: MouseEvent) {
    event.preventDefault()
    const next = { likes: shown.likes + (shown.liked ? -1 : 1), liked: !shown.liked }
    // The hook's own function: a redirect to the sign-in page then finds the boundaries around us.
    startTransition(async () => {
      show(next)
      await likePost(postId, next.liked)
    })
  }

  return (
    <form action={likePost.bind(null, postId, !liked)}>
      <button
        className="like"
        aria-pressed={shown.liked}
        aria-label={`Like (${shown.likes})`}
        onClick={toggle}
      >
        <span aria-hidden>{shown.liked ? '♥' : '♡'}</span> {shown.likes}
      </button>
    </form>
  )
}
