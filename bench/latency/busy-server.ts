import { createServer } from 'node:http'

/**
 * Answers each request with two bytes, after it has been busy for as many milliseconds as the path says
 * (`/0.5`): no memory, no allocation, nothing to collect.
 */
createServer((request, response) => {
  const end = performance.now() + (Number(request.url?.slice(1)) || 0)
  while (performance.now() < end);
  response.writeHead(200, { 'content-length': 2 }).end('ok')
}).listen(Number(process.argv[2]), 'localhost')
