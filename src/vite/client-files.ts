import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import path from 'node:path'

const skipped = new Set(['node_modules', 'dist', 'public'])
/** In bytes. A directive comes first, so a file tells by its head. */
const headLength = 1024

/** Files of an app that start with `'use client'`, absolute. */
export function findClientFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) {
      return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : findClientFiles(file)
    }
    return /\.[jt]sx?$/.test(entry.name) && isClientText(headOf(file)) ? [file] : []
  })
}

/** Whether a text starts with the directive, comments and other directives aside. */
export function isClientText(text: string): boolean {
  return /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/|(['"])use strict\1;?)*(['"])use client\2/.test(text)
}

function headOf(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const head = Buffer.alloc(headLength)
    return head.toString('utf8', 0, readSync(descriptor, head, 0, headLength, 0))
  } finally {
    closeSync(descriptor)
  }
}
