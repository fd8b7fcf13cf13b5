import { expect, test } from 'vitest'
import { robotsText } from './robots-text.ts'

test('one rule is for all crawlers, unless it names some', () => {
  expect(robotsText({ rules: { disallow: '/' } })).toBe('User-Agent: *\nDisallow: /\n')
})

test('each rule has its lines, and the site its own', () => {
  const text = robotsText({
    rules: [
      { userAgent: ['A', 'B'], allow: ['/a', '/b'], disallow: '/c', crawlDelay: 2 },
      { userAgent: 'C', 'Request-Rate': '1/5' },
    ],
    host: 'https://a.example',
    sitemap: ['https://a.example/1.xml', 'https://a.example/2.xml'],
  })
  expect(text).toBe(
    [
      'User-Agent: A',
      'User-Agent: B',
      'Allow: /a',
      'Allow: /b',
      'Disallow: /c',
      'Crawl-delay: 2',
      '',
      'User-Agent: C',
      'Request-Rate: 1/5',
      '',
      'Host: https://a.example',
      'Sitemap: https://a.example/1.xml',
      'Sitemap: https://a.example/2.xml',
      '',
    ].join('\n'),
  )
})
