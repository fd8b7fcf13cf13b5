/**
 * What `export const metadata` and `generateMetadata` of layouts and pages may hold, field by field
 * as Next.js documents it. `null` removes what a layout above has set.
 */
export type Metadata = {
  /** What relative URLs of the other fields are resolved against, from here down. */
  metadataBase?: string | URL | null
  title?: Title | null
  description?: string | null
  applicationName?: string | null
  authors?: Author | Author[] | null
  generator?: string | null
  keywords?: string | string[] | null
  referrer?: string | null
  creator?: string | null
  publisher?: string | null
  robots?: string | Robots | null
  alternates?: Alternates | null
  icons?: Url | Icon[] | Icons | null
  manifest?: Url | null
  openGraph?: OpenGraph | null
  twitter?: Twitter | null
  facebook?: { appId?: string; admins?: string | string[] } | null
  verification?: Verification | null
  appleWebApp?: boolean | AppleWebApp | null
  formatDetection?: FormatDetection | null
  itunes?: { appId: string; appArgument?: string } | null
  abstract?: string | null
  archives?: string | string[] | null
  assets?: string | string[] | null
  bookmarks?: string | string[] | null
  category?: string | null
  classification?: string | null
  other?: Record<string, string | number | (string | number)[]> | null
}

/** The metadata of all layouts above, as `generateMetadata` is given it: `(await parent).openGraph`. */
export type ResolvedMetadata = Omit<
  Metadata,
  'metadataBase' | 'title' | 'alternates' | 'openGraph' | 'twitter'
> & {
  metadataBase: URL | null
  title: ResolvedTitle | null
  alternates?: ResolvedAlternates | null
  openGraph?: ResolvedOpenGraph | null
  twitter?: ResolvedTwitter | null
  viewport: Viewport
}

export type ResolvingMetadata = Promise<ResolvedMetadata>

/** The parent of `generateViewport`. */
export type ResolvingViewport = Promise<Viewport>

/** What `export const viewport` and `generateViewport` may hold. */
export type Viewport = {
  width?: string | number
  height?: string | number
  initialScale?: number
  minimumScale?: number
  maximumScale?: number
  userScalable?: boolean
  viewportFit?: 'auto' | 'cover' | 'contain'
  interactiveWidget?: 'resizes-visual' | 'resizes-content' | 'overlays-content'
  themeColor?: string | ThemeColor | (string | ThemeColor)[] | null
  colorScheme?: string | null
}

export type Url = string | URL

/** `template` (`%s | Acme`) is for the segments below; `default` and `absolute` for this one. */
export type Title =
  | string
  | { default: string; template: string }
  | { absolute: string; template?: string | null }

export type ResolvedTitle = { absolute: string; template: string | null }

export type Author = { name?: string; url?: Url }

export type Robots = RobotsRules & { googleBot?: string | RobotsRules }

type RobotsRules = {
  index?: boolean
  follow?: boolean
  noarchive?: boolean
  nosnippet?: boolean
  noimageindex?: boolean
  nocache?: boolean
  notranslate?: boolean
  indexifembedded?: boolean
  nositelinkssearchbox?: boolean
  unavailable_after?: string
  'max-video-preview'?: number | string
  'max-image-preview'?: 'none' | 'standard' | 'large'
  'max-snippet'?: number
}

export type AlternateLink = { url: Url; title?: string }
export type AlternateLinks = Record<string, Url | AlternateLink[] | null>

export type Alternates = {
  canonical?: Url | AlternateLink | null
  /** By language (`de-DE`) or `x-default`. */
  languages?: AlternateLinks
  /** By media query. */
  media?: AlternateLinks
  /** By content type (`application/rss+xml`). */
  types?: AlternateLinks
}

export type ResolvedAlternates = {
  canonical?: AlternateLink | null
  languages?: Record<string, AlternateLink[]>
  media?: Record<string, AlternateLink[]>
  types?: Record<string, AlternateLink[]>
}

export type Icon = Url | IconDescriptor

export type IconDescriptor = {
  url: Url
  rel?: string
  type?: string
  sizes?: string
  color?: string
  media?: string
  fetchPriority?: 'high' | 'low' | 'auto'
}

export type Icons = {
  icon?: Icon | Icon[]
  shortcut?: Icon | Icon[]
  apple?: Icon | Icon[]
  other?: IconDescriptor | IconDescriptor[]
}

export type Medium = {
  url: Url
  secureUrl?: Url
  alt?: string
  type?: string
  width?: string | number
  height?: string | number
}

export type OneOrMore<value> = value | value[]

export type OpenGraph = {
  type?: string
  title?: Title
  description?: string
  url?: Url
  siteName?: string
  locale?: string
  alternateLocale?: OneOrMore<string>
  determiner?: 'a' | 'an' | 'the' | 'auto' | ''
  countryName?: string
  ttl?: number
  emails?: OneOrMore<string>
  phoneNumbers?: OneOrMore<string>
  faxNumbers?: OneOrMore<string>
  images?: OneOrMore<Url | Medium>
  audio?: OneOrMore<Url | Medium>
  videos?: OneOrMore<Url | Medium>
  /** For the types `article` and `book`. */
  authors?: OneOrMore<Url> | null
  tags?: OneOrMore<string> | null
  /** For the type `article`. */
  publishedTime?: string
  modifiedTime?: string
  expirationTime?: string
  section?: string | null
  /** For the type `book`. */
  isbn?: string | null
  releaseDate?: string | null
  /** For the type `profile`. */
  firstName?: string | null
  lastName?: string | null
  username?: string | null
  gender?: string | null
}

export type ResolvedOpenGraph = Omit<OpenGraph, 'title' | 'images'> & {
  title?: ResolvedTitle
  images?: Medium[]
}

export type Twitter = {
  card?: 'summary' | 'summary_large_image' | 'player' | 'app'
  title?: Title
  description?: string
  site?: string
  siteId?: string
  creator?: string
  creatorId?: string
  images?: OneOrMore<Url | Medium>
  players?: OneOrMore<TwitterPlayer>
  app?: TwitterApp
}

export type TwitterPlayer = { playerUrl: Url; streamUrl: Url; width: number; height: number }

export type TwitterApp = { name?: string; id: ByDevice<string | number>; url?: ByDevice<Url> }

type ByDevice<value> = { iphone?: value; ipad?: value; googleplay?: value }

export type ResolvedTwitter = Omit<Twitter, 'title' | 'images'> & {
  title?: ResolvedTitle
  images?: Medium[]
}

export type Verification = {
  google?: OneOrMore<string | number> | null
  yahoo?: OneOrMore<string | number> | null
  yandex?: OneOrMore<string | number> | null
  me?: OneOrMore<string | number> | null
  other?: Record<string, OneOrMore<string | number>>
}

export type AppleWebApp = {
  capable?: boolean
  title?: string
  statusBarStyle?: 'default' | 'black' | 'black-translucent'
  startupImage?: OneOrMore<string | { url: string; media?: string }>
}

type FormatDetection = {
  telephone?: boolean
  date?: boolean
  address?: boolean
  email?: boolean
  url?: boolean
}

type ThemeColor = { color: string; media?: string }
