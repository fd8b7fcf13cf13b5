import * as React from 'react'

const name = '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE'

type Running = { readonly T: object | null }

/**
 * What React's own packages know of the code that runs now: `T` is the transition that it is part
 * of, and `null` outside of one. React tells it by no public name.
 */
export const running: Running = (React as unknown as Record<typeof name, Running>)[name]
