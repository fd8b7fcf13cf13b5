/** Where Vite starts the graph that renders HTML. */
export { renderDocument } from '../html/render-document.tsx'
