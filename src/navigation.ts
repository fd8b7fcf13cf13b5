export {
  forbidden,
  notFound,
  permanentRedirect,
  redirect,
  RedirectType,
  rethrow,
  unauthorized,
} from './context/interrupt.ts'
export { InsertedHtmlContext, useServerInsertedHTML } from './view/inserted-html.ts'
export {
  useParams,
  usePathname,
  useRouter,
  useSearchParams,
  useSelectedLayoutSegment,
  useSelectedLayoutSegments,
} from './view/navigation-hooks.ts'
export { ReadonlyURLSearchParams } from './view/readonly-search-params.ts'
export type { NavigateOptions, Router } from './view/router-context.ts'
