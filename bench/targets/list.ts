import path from 'node:path'
import { submissionKeyOf } from './submission-key.ts'
import type { Framework, Target } from './target.ts'

const node = 'node_modules'
const peers = path.resolve('bench/.peers')
const sources = path.resolve('bench/peers')

/** Next.js, vinext and Volley run the very same files. */
const sameFiles = Object.fromEntries(
  ['app/layout.tsx', 'app/page.tsx', 'app/posts', 'app/parallel', 'app/upload', 'app/growth']
    .concat('next.config.mjs')
    .map((file) => [file, file]),
)

export const volley: Framework = {
  name: 'Volley',
  package: 'volley',
  folder: path.join(peers, 'volley'),
  start: (port) => [`${node}/volley/bin/volley.js`, 'start', '--port', `${port}`],
  onceOf: submissionKeyOf,
  app: {
    source: path.join(sources, 'volley'),
    takes: sameFiles,
    build: [`${node}/volley/bin/volley.js`, 'build'],
    dev: (port) => [`${node}/volley/bin/volley.js`, 'dev', '--port', `${port}`],
    made: ['dist', `${node}/.vite`, `${node}/.volley`],
    functions: 'app/posts/functions.ts',
    hasForms: true,
  },
}

export const bare: Target = {
  name: 'bare Flight',
  package: 'react',
  folder: path.resolve('.'),
  start: (port) => ['--conditions=react-server', 'bench/bare/server.ts', `${port}`],
}

export const next: Framework = {
  name: 'Next.js',
  package: 'next',
  folder: path.join(peers, 'next'),
  start: (port) => [`${node}/next/dist/bin/next`, 'start', '-H', 'localhost', '-p', `${port}`],
  app: {
    source: path.join(sources, 'next'),
    takes: sameFiles,
    build: [`${node}/next/dist/bin/next`, 'build'],
    dev: (port) => [`${node}/next/dist/bin/next`, 'dev', '-H', 'localhost', '-p', `${port}`],
    made: ['.next'],
    functions: 'app/posts/functions.ts',
    hasForms: true,
  },
}

const vinext: Framework = {
  name: 'vinext',
  package: 'vinext',
  folder: path.join(peers, 'vinext'),
  start: (port) => [
    `${node}/vinext/dist/cli.js`,
    'start',
    '--hostname',
    'localhost',
    '--port',
    `${port}`,
  ],
  app: {
    source: path.join(sources, 'vinext'),
    takes: sameFiles,
    build: [`${node}/vinext/dist/cli.js`, 'build'],
    dev: (port) => [`${node}/vite/bin/vite.js`, '--host', 'localhost', '--port', `${port}`],
    made: ['dist', '.vinext', `${node}/.vite`],
    functions: 'app/posts/functions.ts',
    hasForms: true,
  },
}

const waku: Framework = {
  name: 'Waku',
  package: 'waku',
  folder: path.join(peers, 'waku'),
  start: (port) => [`${node}/waku/cli.js`, 'start', '--host', 'localhost', '--port', `${port}`],
  app: {
    source: path.join(sources, 'waku'),
    takes: { 'app/posts': 'src/posts', 'app/parallel': 'src/parallel', 'app/upload': 'src/upload' },
    build: [`${node}/waku/cli.js`, 'build'],
    dev: (port) => [`${node}/waku/cli.js`, 'dev', '--host', 'localhost', '--port', `${port}`],
    made: ['dist', `${node}/.vite`],
    functions: 'src/posts/functions.ts',
    hasForms: true,
  },
}

const tanstack: Framework = {
  name: 'TanStack Start',
  package: '@tanstack/react-start',
  folder: path.join(peers, 'tanstack'),
  start: (port) => ['serve.mjs', `${port}`],
  app: {
    source: path.join(sources, 'tanstack'),
    takes: {
      'app/posts/data.ts': 'src/posts/data.ts',
      'app/parallel/ten-calls.tsx': 'src/parallel/ten-calls.tsx',
      'app/upload/uploader.tsx': 'src/upload/uploader.tsx',
    },
    build: [`${node}/vite/bin/vite.js`, 'build'],
    dev: (port) => [`${node}/vite/bin/vite.js`, '--host', 'localhost', '--port', `${port}`],
    made: ['dist', `${node}/.vite`, 'src/routeTree.gen.ts'],
    functions: 'src/posts/functions.ts',
    hasForms: false,
  },
}

/** Only its browser code differs, so it is measured where that matters. */
export const batchedVolley: Framework = {
  ...volley,
  name: 'Volley, batched',
  folder: path.join(peers, 'volley-batched'),
  app: { ...volley.app, source: path.join(sources, 'volley-batched') },
}

export const quickTargets: readonly Target[] = [volley, bare, next]
export const targets: readonly Target[] = [volley, bare, next, vinext, waku, tanstack]
