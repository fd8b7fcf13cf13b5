export { Link as default, type LinkProps } from '../link.ts'
