/**
 * The types of the `next/*` modules, which Volley has itself, and of what an app imports that is
 * not code. Apps refer to this file in `volley-env.d.ts`.
 */
/// <reference path="./images.d.ts" />
/// <reference types="vite/client" />

declare module 'next' {
  export type {
    Instrumentation,
    LayoutProps,
    Metadata,
    MetadataRoute,
    NextConfig,
    NextPage,
    PageProps,
    ResolvedMetadata,
    ResolvingMetadata,
    ResolvingViewport,
    Route,
    RouteContext,
    Viewport,
  } from 'volley/next/app/app-types'
}

declare module 'next/cache' {
  export * from 'volley/next/cache'
}

declare module 'next/dist/client/components/redirect' {
  export * from 'volley/next/navigation/redirect-error'
}

declare module 'next/dist/client/components/redirect-error' {
  export * from 'volley/next/navigation/redirect-error'
}

declare module 'next/dynamic' {
  export * from 'volley/next/dynamic'
  export { default } from 'volley/next/dynamic'
}

/** Any font, under its name. What it is asked is checked by the compiler. */
declare module 'next/font/google'

declare module 'next/font/local' {
  export * from 'volley/next/font/local'
  export { default } from 'volley/next/font/local'
}

declare module 'next/form' {
  export * from 'volley/next/form'
  export { default } from 'volley/next/form'
}

declare module 'next/headers' {
  export * from 'volley/next/headers'
}

declare module 'next/image' {
  export * from 'volley/next/image'
  export { default } from 'volley/next/image'
}

declare module 'next/link' {
  export * from 'volley/next/link'
  export { default } from 'volley/next/link'
}

declare module 'next/navigation' {
  export * from 'volley/next/navigation'
}

declare module 'next/script' {
  export * from 'volley/next/script'
  export { default } from 'volley/next/script'
}

declare module 'next/server' {
  export * from 'volley/next/server'
}

declare module 'next/types' {
  export * from 'volley/next/app/app-types'
}

declare module 'server-only' {}
declare module 'client-only' {}

/** What `fetch` takes on the server: how long an answer is kept, in seconds, and its tags. */
interface RequestInit {
  next?: { revalidate?: number | false; tags?: string[] } | undefined
}

/** The properties of a page of this app: `PageProps<'/posts/[id]'>`. */
declare type PageProps<path extends import('volley/server').PagePattern> =
  import('volley/next/app/app-types').PageProps<path>

/** The properties of a layout of this app, slots included: `LayoutProps<'/posts/[id]'>`. */
declare type LayoutProps<path extends import('volley/server').LayoutPattern> =
  import('volley/next/app/app-types').LayoutProps<path>

/** The second argument of a route handler of this app: `RouteContext<'/api/[id]'>`. */
declare type RouteContext<path extends import('volley/server').HandlerPattern> =
  import('volley/next/app/app-types').RouteContext<path>
