import type { Plugin, Rolldown } from 'vite'

/**
 * React's build for development follows every promise of the process, to tell what a component has
 * waited for, and takes a stack trace for many of them. In development this process compiles the
 * app as well. So React follows promises only as long as it renders, and forgets them after that.
 */
export function asyncDebug(): Plugin {
  return {
    name: 'volley:async-debug',
    apply: 'serve',
    config: () => ({
      environments: { rsc: { optimizeDeps: { rolldownOptions: { plugins: [whileRendering()] } } } },
    }),
  }
}

function whileRendering(): Rolldown.Plugin {
  return {
    name: 'volley:async-debug',
    transform: {
      filter: { id: /react-server-dom-webpack-server\.node\.development\.js/ },
      handler: (code) => ({ code: followRenders(code), map: null }),
    },
  }
}

/** @throws if Flight does not follow promises as it did when this was written */
export function followRenders(code: string): string {
  return changes.reduce((changed, [pattern, replacement]) => {
    const next = changed.replace(pattern, replacement)
    if (next !== changed) return next
    throw new Error(`React's Flight has no ${String(pattern)}: adapt src/vite/async-debug.ts.`)
  }, following + code)
}

const following = `var following = {
  requests: new Set(),
  start(request) {
    if (this.requests.size === 0) this.hook.enable();
    this.requests.add(request);
  },
  end(request) {
    if (!this.requests.delete(request) || this.requests.size > 0) return;
    this.hook.disable();
    this.operations.clear();
  },
};
`

const changes: [pattern: RegExp, replacement: string][] = [
  [
    /\basync_hooks\s*\.createHook\(/,
    'following.operations = pendingOperations; following.hook = async_hooks.createHook(',
  ],
  [/(?<=\}\s*\))\s*\.enable\(\)(?=;\s*\}\)\(\);)/, ''],
  [/function startWork\(request\) \{/, '$& following.start(request);'],
  [/request\.status = CLOSED\b/g, '(following.end(request), $&)'],
]
