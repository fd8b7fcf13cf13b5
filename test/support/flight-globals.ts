/**
 * React's Flight as it lies in `node_modules` asks webpack for modules; in an app plugin-rsc makes
 * that name the one which `src/flight/modules.ts` provides.
 */
Object.assign(globalThis, {
  __webpack_require__: (id: string) => globalThis.__vite_rsc_require__?.(id),
})
