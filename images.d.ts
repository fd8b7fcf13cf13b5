/**
 * What an imported image is. Of two declarations of a module the first counts, so this file comes
 * before Vite's own, which say that it is a string.
 */
declare module '*.png' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.jpg' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.jpeg' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.webp' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.avif' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.gif' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.svg' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.ico' {
  const image: import('volley/next/image').StaticImageData
  export default image
}

declare module '*.bmp' {
  const image: import('volley/next/image').StaticImageData
  export default image
}
