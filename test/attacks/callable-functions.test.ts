import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { secretId } from '../../src/secret/function-id.ts'
import { keyFile } from '../../src/secret/key-ring.ts'
import type { App } from '../support/app.ts'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { runCli } from '../support/cli.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { readFunctions, type WrittenFunction } from '../support/read-functions.ts'
import { referenceFields, sendCall, sendForm } from '../support/send.ts'

const target = useTarget()

type Listed = WrittenFunction & { id: string; referencedBy: string[] }

async function listed(app: App): Promise<Listed[]> {
  const command = runCli(['functions', app.root, '--json'])
  expect(await command.exited, command.output()).toBe(0)
  return JSON.parse(command.stdout()) as Listed[]
}

const withoutId = ({ name, file, line, exported }: WrittenFunction): string =>
  JSON.stringify({ name, file, line, exported })

test('27: the list of callable functions is what the files say', async () => {
  const { app } = target()
  const functions = await listed(app)
  expect(functions.map(withoutId).toSorted()).toEqual(
    readFunctions(app.root).callable.map(withoutId).toSorted(),
  )
  expect(new Set(functions.map(({ id }) => id)).size).toBe(functions.length)
  await expectAlive(app, [JSON.stringify(functions)])
})

test('27: the build that runs has the functions of the list, and no others', async () => {
  const { app } = target()
  const text = readFileSync(`${app.root}/dist/server/functions.json`, 'utf8')
  const built = JSON.parse(text) as { functions: { id: string }[] }
  const ids = (functions: { id: string }[]) => functions.map(({ id }) => id).toSorted()
  expect(ids(built.functions)).toEqual(ids(await listed(app)))
  await expectAlive(app)
})

/** The number of parameters is a part of an id. */
const arities = [null, 0, 1, 2, 3]

test('27: an export that nobody imports has no id, not even the one that it would have', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const secret = readFileSync(keyFile(app.root), 'utf8').trim()
  const idsOf = ({ file, name }: { file: string; name: string }) =>
    arities.map((arity) => secretId(secret, { path: file, name, hash: '', arity }))
  // The ids of functions that can be called are made in the same way.
  expect(idsOf({ file: 'app/actions.ts', name: 'echo' })).toContain(ids['echo'])
  const { unimported } = readFunctions(app.root)
  expect(unimported.map(({ name }) => name).toSorted()).toEqual(
    ['importedByNobody', 'importedByTheDead', 'onlyTyped', 'orphan', 'unreferenced'].toSorted(),
  )
  for (const id of unimported.flatMap(idsOf)) {
    expectRefusal(await sendCall(app, id, '[]'), 404, 'stale')
    expectRefusal(await sendForm(app, [[`$ACTION_ID_${id}`, '']]), 404, 'stale')
    const reference = JSON.stringify({ id, bound: null })
    expectRefusal(await sendForm(app, referenceFields(reference)), 404, 'stale')
    expectRefusal(
      await sendCall(app, ids['take']!, [
        ['0', '["$h1"]'],
        ['1', reference],
      ]),
      400,
      'bad-request',
    )
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})
