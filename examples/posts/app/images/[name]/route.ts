import { findImage } from '@/db/images'

type Context = { params: Promise<{ name: string }> }

/** What people uploaded: never anything but an image, and never changed under its name. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const image = await findImage((await params).name)
  if (!image) return new Response('No such image', { status: 404 })
  return new Response(image.bytes, {
    headers: {
      'content-type': image.type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
}
