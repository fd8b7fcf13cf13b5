import { createElement, Fragment, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server.node'

/** HTML that the components of a page have beside their own. */
export interface InsertedHtml {
  /** `render` is called for each part of the page. */
  add: (render: () => ReactNode) => void
  /** A chunk of the page with what belongs before it: at the end of the head, or between two tags. */
  around: (chunk: Buffer, isBetweenTags: boolean) => Buffer
}

const headEnd = Buffer.from('</head>')

export function createInsertedHtml(): InsertedHtml {
  const renders = new Set<() => ReactNode>()
  /** What has come of the head; `null` when it is over. */
  let head: Buffer | null = Buffer.alloc(0)

  const insertion = (): Buffer => {
    const nodes = [...renders].map((render, key) => createElement(Fragment, { key }, render()))
    return Buffer.from(renderToStaticMarkup(nodes))
  }

  return {
    add: (render) => void renders.add(render),
    around(chunk, isBetweenTags) {
      if (renders.size === 0) {
        head = null
        return chunk
      }
      if (!head) return isBetweenTags ? Buffer.concat([insertion(), chunk]) : chunk
      head = Buffer.concat([head, chunk])
      const end = head.indexOf(headEnd)
      if (end === -1) return Buffer.alloc(0)
      const whole = [head.subarray(0, end), insertion(), head.subarray(end)]
      head = null
      return Buffer.concat(whole)
    },
  }
}
