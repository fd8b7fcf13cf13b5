'use client'

import { useEffect, useState } from 'react'
import { countView } from '@/functions/posts'

/** Counts this visit and shows the number that comes back. Nothing waits for it. */
export function ViewCount({ postId, views }: { postId: number; views: number }) {
  const [counted, setCounted] = useState(views)

  useEffect(() => {
    // A view that could not be counted is not worth an error page.
    countView(postId).then(setCounted, () => {})
  }, [postId])

  return <span>{Math.max(views, counted)} views</span>
}
