import { field } from './field'

export type SignInState = {
  errors?: { name?: string; password?: string }
  values?: { name: string }
}

type Credentials = { name: string; password: string }

/** The name and password of a form, or what is wrong with them. A password is never sent back. */
export function parseCredentials(form: FormData): Credentials | Required<SignInState> {
  const name = field(form, 'name')
  const password = form.get('password')

  const errors: SignInState['errors'] = {}
  if (!/^[\p{L}\d][\p{L}\d _-]{1,23}$/u.test(name)) {
    errors.name = 'A name has 2 to 24 letters, digits, spaces or dashes.'
  }
  if (typeof password !== 'string' || password.length < 8 || password.length > 200) {
    return {
      errors: { ...errors, password: 'A password has at least eight characters.' },
      values: { name },
    }
  }
  return errors.name ? { errors, values: { name } } : { name, password }
}

/** Where to go after signing in: a path of this site, whatever the form says. */
export function returnPath(form: FormData): string {
  const path = field(form, 'from')
  return /^\/(?![/\\])/.test(path) ? path : '/'
}
