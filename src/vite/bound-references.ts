import type { Plugin, Rolldown } from 'vite'

/**
 * React keeps the arguments that a component binds to a reference in a promise, and waits for it to
 * count them when a form was posted. A component that binds while it renders makes another promise
 * each time, and React would render it for ever, before anything else of the process. So the promise
 * tells what it holds as soon as that is known. Needed as long as React's `bind` makes a promise:
 * https://github.com/vercel/next.js/issues/57867
 */
export function boundReferences(): Plugin {
  return {
    ...settledBinds(),
    config: () => ({
      // In development React is bundled ahead, without the plugins of the app.
      environments: { ssr: { optimizeDeps: { rolldownOptions: { plugins: [settledBinds()] } } } },
    }),
    applyToEnvironment: ({ name }) => name === 'ssr',
  }
}

function settledBinds(): Pick<Rolldown.Plugin, 'name'> & Pick<Plugin, 'transform'> {
  return {
    name: 'volley:bound-references',
    transform: {
      filter: { id: /react-server-dom-webpack-client\.node\.(development|production)\.js/ },
      handler: (code) => ({ code: settleBinds(code), map: null }),
    },
  }
}

/** @throws if React's `bind` is not there, or not as it was when this was written */
export function settleBinds(code: string): string {
  const [before, after, ...more] = code.split(noted)
  if (before !== undefined && after !== undefined && more.length === 0) {
    return before + settling + noted + after
  }
  throw new Error(`React's Flight has no single "${noted}": adapt src/vite/bound-references.ts.`)
}

const noted = 'knownServerReferences.set(newFn, {'

const settling = `var earlier = referenceClosure.bound ?? { status: "fulfilled", value: [] };
if (earlier.status === "fulfilled")
  Object.assign(boundPromise, { status: "fulfilled", value: earlier.value.concat(args) });
`
