export type Entry = { name: string; message: string }

const entries: Entry[] = [{ name: 'Volley', message: 'Welcome! The next entry is yours.' }]

export function listEntries(): readonly Entry[] {
  return entries
}

export function addEntry(entry: Entry): void {
  entries.unshift(entry)
}
