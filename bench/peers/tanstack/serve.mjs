import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import server from './dist/server/server.js'

/** What `srvx serve --prod` does, without a line on the console for each request. */
serve({
  fetch: server.fetch,
  hostname: 'localhost',
  port: Number(process.argv[2]),
  middleware: [staticMiddleware({ dir: 'dist/client' })],
})
