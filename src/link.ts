export { Link, type LinkProps } from './view/link.tsx'
