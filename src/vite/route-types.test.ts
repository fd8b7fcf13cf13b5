import { expect, test } from 'vitest'
import { scanRoutes } from '../routes/scan-routes.ts'
import { routeTypes } from './route-types.ts'

function typesOf(files: string[], typedRoutes = false): string {
  return routeTypes(scanRoutes(files), { typedRoutes })
}

test('pages, route handlers and layouts are listed by their patterns, one a line', () => {
  const files = [
    'layout.tsx',
    '(shop)/items/[id]/page.tsx',
    '(shop)/layout.tsx',
    '@team/default.tsx',
    '@team/members/page.tsx',
    '@modal/page.tsx',
    'api/[...path]/route.ts',
    'default.tsx',
    'page.tsx',
  ]
  expect(typesOf(files)).toBe(`interface VolleyAppRoutes {
  pages: {
    '/': true
    '/items/[id]': true
    '/members': true
  }
  handlers: {
    '/api/[...path]': true
  }
  layouts: {
    '/': 'modal' | 'team'
  }
}
`)
})

test('an app without one of them says so', () => {
  expect(typesOf(['layout.tsx', 'page.tsx'])).toContain('  handlers: {}\n')
  expect(typesOf(['layout.tsx', 'page.tsx'])).toContain("'/': never")
})

test('links are typed where the app wants that', () => {
  expect(typesOf(['layout.tsx', 'page.tsx'], true)).toMatch(/^ {2}typed: true\n}$/m)
})

test('a name with a quote is a text all the same', () => {
  expect(typesOf(['layout.tsx', "it's/page.tsx"])).toContain(String.raw`'/it\'s': true`)
})
