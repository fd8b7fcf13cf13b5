import type { ReactNode } from 'react'
import { cookies } from 'volley/headers'
import { Link } from 'volley/link'
import { currentUser } from '@/auth/session'
import { SubmitButton } from '@/components/submit-button'
import { ThemeSwitch } from '@/components/theme-switch'
import { isTheme } from '@/components/themes'
import { signOut } from '@/functions/session'
import './globals.css'

export const metadata = {
  title: { default: 'Posts', template: '%s · Posts' },
  description: 'A small place for longer thoughts',
  icons: '/icon.svg',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get('theme')?.value
  const theme = isTheme(chosen) ? chosen : 'system'
  const user = await currentUser()
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <header className="bar">
          <Link href="/" className="brand">
            Posts
          </Link>
          <nav>
            <Link href="/posts/new">Write</Link>
            {user ? (
              <form action={signOut}>
                <SubmitButton className="plain" pending="Signing out …">
                  Sign out <span className="who">{user.name}</span>
                </SubmitButton>
              </form>
            ) : (
              <Link href="/sign-in">Sign in</Link>
            )}
            <ThemeSwitch current={theme} />
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}
