import { calls } from 'virtual:volley/browser-config'
import { start } from '../browser/start.tsx'

/** Where Vite starts the graph of the browser. */
void start({ calls })
