export type { RouteHref } from './routes/route-href.ts'
export { Link, type LinkProps } from './view/link.tsx'
