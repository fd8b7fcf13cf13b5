// oxlint-disable-next-line import/no-unassigned-import -- It is run, before all others.
import 'virtual:volley/instrumentation-client'
import { calls } from 'virtual:volley/browser-config'
import { start } from '../browser/start.tsx'

/** Where Vite starts the graph of the browser. */
void start({ calls })
