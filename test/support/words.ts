/** What stands between the spaces of a text: for lists that are longer than a screen otherwise. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
