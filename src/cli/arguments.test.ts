import { expect, test } from 'vitest'
import { help, parseCommand } from './arguments.ts'

const parse = (line: string, env = {}) => parseCommand(line.split(' ').filter(Boolean), env)

test.for([
  ['new blog', { kind: 'new', directory: 'blog' }],
  ['build', { kind: 'build', root: '.' }],
  ['build examples/posts', { kind: 'build', root: 'examples/posts' }],
  ['functions --json app', { kind: 'functions', root: 'app', json: true }],
  ['functions', { kind: 'functions', root: '.', json: false }],
  ['dev', { kind: 'dev', root: '.', address: { port: null, host: null } }],
  ['start app --port 80', { kind: 'start', root: 'app', address: { port: 80, host: null } }],
  ['start --port=0 --host ::1', { kind: 'start', root: '.', address: { port: 0, host: '::1' } }],
  ['', { kind: 'help' }],
  ['--help', { kind: 'help' }],
  ['build -h', { kind: 'help' }],
  ['--version', { kind: 'version' }],
] as const)('volley %s', ([line, command]) => {
  expect(parse(line)).toEqual(command)
})

test('PORT and HOST stand in for the options, which win over them', () => {
  const env = { PORT: '4000', HOST: '0.0.0.0' }
  expect(parse('start', env)).toMatchObject({ address: { port: 4000, host: '0.0.0.0' } })
  expect(parse('start --port 5000', env)).toMatchObject({ address: { port: 5000 } })
  expect(parse('start', { PORT: '' })).toMatchObject({ address: { port: null } })
})

test.for([
  ['biuld', 'There is no command "biuld". Did you mean build?'],
  ['deploy', 'There is no command "deploy". There are new, dev, build, start, functions.'],
  ['dev --prot 3000', 'There is no option "--prot". Did you mean --port?'],
  ['dev --port', '--port needs a value, as in --port 3000.'],
  ['dev --port lots', '--port is "lots", but must be a number from 0 to 65535.'],
  ['dev --port 70000', '--port is "70000", but must be a number from 0 to 65535.'],
  ['new', 'Say where to make the app: volley new <dir>'],
  ['build a b', 'Too many arguments: volley build [root]'],
  ['build --port 1', '`volley build` has no option --port: volley build [root]'],
  ['dev --json', '`volley dev` has no option --json: volley dev [root] [--port N] [--host H]'],
] as const)('`volley %s` says what is wrong', ([line, message]) => {
  expect(() => parse(line)).toThrow(message)
})

test('PORT that is no number is refused by its name', () => {
  expect(() => parse('start', { PORT: 'http' })).toThrow('PORT is "http"')
})

test('the help names every command', () => {
  for (const name of ['new', 'dev', 'build', 'start', 'functions']) {
    expect(help).toContain(`volley ${name} `)
  }
})
