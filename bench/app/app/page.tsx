import Link from 'next/link'

/** Where a navigation to the posts begins. */
export default function Page() {
  return (
    <Link href="/posts" prefetch={false}>
      Posts
    </Link>
  )
}
