/** Says when there is room at the destination of a stream. */
export interface Valve {
  /** Settles when what was read before has been written and there is room for more. */
  gate(): Promise<void>
  /** The destination, as soon as it is known: until then the gate is closed. */
  watch(destination: NodeJS.WritableStream): void
}

export function createValve(): Valve {
  let isOpen = false
  const waiting: (() => void)[] = []
  const open = (): void => {
    isOpen = true
    for (const go of waiting.splice(0)) go()
  }
  return {
    async gate() {
      // React writes what it has read in a turn of the event loop of its own.
      await new Promise((resolve) => setImmediate(resolve))
      if (!isOpen) await new Promise<void>((go) => waiting.push(go))
    },
    watch(destination) {
      const write: (piece: Uint8Array | string) => boolean = destination.write.bind(destination)
      // React passes a piece and nothing else.
      destination.write = (piece: Uint8Array | string): boolean => {
        isOpen = write(piece)
        return isOpen
      }
      for (const event of ['drain', 'close', 'error']) destination.on(event, open)
      open()
    },
  }
}
