export { default } from '../posts/layout'
