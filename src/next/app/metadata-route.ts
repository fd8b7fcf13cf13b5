type OneOrMore<value> = value | value[]

/** What `sitemap.ts` returns. */
export type Sitemap = {
  url: string
  lastModified?: string | Date
  changeFrequency?: 'always' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly' | 'never'
  priority?: number
  alternates?: { languages?: Record<string, string> }
  images?: string[]
}[]

/** What `robots.ts` returns. */
export type Robots = {
  rules: OneOrMore<{
    userAgent?: OneOrMore<string>
    allow?: OneOrMore<string>
    disallow?: OneOrMore<string>
    crawlDelay?: number
  }>
  sitemap?: OneOrMore<string>
  host?: string
}

/** What `manifest.ts` returns. */
export type Manifest = Record<string, unknown> & {
  name?: string
  short_name?: string
  description?: string
  start_url?: string
  display?: 'fullscreen' | 'standalone' | 'minimal-ui' | 'browser'
  background_color?: string
  theme_color?: string
  icons?: { src: string; sizes?: string; type?: string; purpose?: string }[]
}
