type OneOrMore<value> = value | value[]

/** What `sitemap.ts` returns. */
export type Sitemap = {
  url: string
  lastModified?: string | Date
  changeFrequency?: 'always' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly' | 'never'
  priority?: number
  alternates?: { languages?: Record<string, string | undefined> }
  images?: string[]
  videos?: Video[]
}[]

/** Named as in Google's format for videos in sitemaps. */
type Video = {
  title: string
  thumbnail_loc: string
  description: string
  content_loc?: string
  player_loc?: string
  duration?: number
  expiration_date?: string | Date
  rating?: number
  view_count?: number
  publication_date?: string | Date
  family_friendly?: 'yes' | 'no'
  restriction?: { relationship: 'allow' | 'deny'; content: string }
  platform?: { relationship: 'allow' | 'deny'; content: string }
  requires_subscription?: 'yes' | 'no'
  uploader?: { info?: string; content?: string }
  live?: 'yes' | 'no'
  tag?: string
}

/** What `robots.ts` returns. */
export type Robots = {
  rules: OneOrMore<RobotsRule>
  sitemap?: OneOrMore<string>
  host?: string
}

type RobotsRule = {
  userAgent?: OneOrMore<string>
  allow?: OneOrMore<string>
  disallow?: OneOrMore<string>
  crawlDelay?: number
  /** A directive of some crawlers, under its own name: `'Request-Rate': '1/5'`. */
  [directive: string]: OneOrMore<string | number> | undefined
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
