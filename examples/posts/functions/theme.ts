'use server'

import { cookies } from 'volley/headers'
import { isTheme } from '@/components/themes'

/** The pressed button is part of the form: `theme` has its value. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = form.get('theme')
  if (!isTheme(theme)) return
  ;(await cookies()).set('theme', theme, { maxAge: 365 * 24 * 60 * 60, sameSite: 'lax' })
}
