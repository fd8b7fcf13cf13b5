/** Has what was written sent. Compression has it; without it, what is written is sent. */
export function flushStream(destination: NodeJS.WritableStream): void {
  if ('flush' in destination && typeof destination.flush === 'function') destination.flush()
}
