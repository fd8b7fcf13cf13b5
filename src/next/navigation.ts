export {
  forbidden,
  InsertedHtmlContext as ServerInsertedHTMLContext,
  notFound,
  permanentRedirect,
  ReadonlyURLSearchParams,
  redirect,
  RedirectType,
  rethrow as unstable_rethrow,
  unauthorized,
  useParams,
  usePathname,
  useRouter,
  useSearchParams,
  useSelectedLayoutSegment,
  useSelectedLayoutSegments,
  useServerInsertedHTML,
} from '../navigation.ts'
export { isUnrecognizedActionError as unstable_isUnrecognizedActionError } from './navigation/unrecognized-action.ts'
