import type { Robots } from './metadata-route.ts'

/** `robots.txt` for what `robots.ts` returns. */
export function robotsText({ rules, host, sitemap }: Robots): string {
  const groups = [rules]
    .flat()
    .map(({ userAgent = '*', allow, disallow, crawlDelay, ...others }) =>
      [
        lines('User-Agent', userAgent),
        lines('Allow', allow),
        lines('Disallow', disallow),
        lines('Crawl-delay', crawlDelay),
        ...Object.entries(others).map(([name, value]) => lines(name, value)),
      ].join(''),
    )
  const site = lines('Host', host) + lines('Sitemap', sitemap)
  return [...groups, ...(site === '' ? [] : [site])].join('\n')
}

type Value = string | number

function lines(name: string, values: Value | Value[] | undefined): string {
  return [values ?? []]
    .flat()
    .map((value) => `${name}: ${value}\n`)
    .join('')
}
