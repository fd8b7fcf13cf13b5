import { chooseTheme } from '@/functions/theme'
import { themes, type Theme } from './themes'

const icons = { light: '☀', system: '◐', dark: '☾' } satisfies Record<Theme, string>

/** Three submit buttons of one form; no JavaScript of its own. */
export function ThemeSwitch({ current }: { current: Theme }) {
  return (
    <form action={chooseTheme} className="theme-switch" aria-label="Theme">
      {themes.map((theme) => (
        <button
          key={theme}
          name="theme"
          value={theme}
          title={`Theme: ${theme}`}
          aria-label={`Theme: ${theme}`}
          aria-pressed={theme === current}
        >
          {icons[theme]}
        </button>
      ))}
    </form>
  )
}
