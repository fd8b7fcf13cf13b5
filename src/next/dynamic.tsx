import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react'
import { AfterMount } from './dynamic/after-mount.tsx'

type Loaded<props> = ComponentType<props> | { default: ComponentType<props> }

export type Loader<props = object> = () => Promise<Loaded<props>>

export type DynamicOptions<props = object> = {
  loader?: Loader<props>
  loading?: ComponentType<{ isLoading: true; pastDelay: true; error: null }>
  /** `false`: the component is rendered in the browser only, when the page has mounted. */
  ssr?: boolean
}

/** A component whose module is loaded when it is first rendered. */
export default function dynamic<props extends object = object>(
  loader: Loader<props> | (DynamicOptions<props> & { loader: Loader<props> }),
  options: DynamicOptions<props> = {},
): ComponentType<props> {
  if (typeof loader !== 'function') return dynamic(loader.loader, loader)
  const { loading: Loading, ssr = true } = options
  const fallback = Loading && <Loading isLoading pastDelay error={null} />
  const Component = lazy(async () => withDefault(await loader()))

  return function Dynamic(props: props): ReactNode {
    const element = createElement<props>(Component, props)
    return (
      <Suspense fallback={fallback}>
        {ssr ? element : <AfterMount fallback={fallback}>{element}</AfterMount>}
      </Suspense>
    )
  }
}

/** `import('./x')` gives a module, `import('./x').then((module) => module.X)` a component. */
function withDefault<props>(loaded: Loaded<props>): { default: ComponentType<props> } {
  return 'default' in loaded ? loaded : { default: loaded }
}
