import { redirect } from 'volley/navigation'
import { currentUser } from '@/auth/session'
import { SignInForm } from '@/components/sign-in-form'

export const metadata = { title: 'Sign in' }

type SignInPageProps = { searchParams: Promise<{ from?: string | string[] }> }

export default async function SignInPage({ searchParams }: SignInPageProps) {
  if (await currentUser()) redirect('/')
  const { from } = await searchParams
  return (
    <section className="narrow stack">
      <h1>Sign in</h1>
      <p className="quiet">A name that nobody has yet makes a new account.</p>
      <SignInForm from={typeof from === 'string' ? from : '/'} />
    </section>
  )
}
