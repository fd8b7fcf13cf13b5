import { generateLoad, type Load } from './generate.ts'

/** A process of its own, so that it has a core of its own. */
const load = JSON.parse(process.argv[2] ?? '') as Load
console.log(JSON.stringify(await generateLoad(load)))
process.exit()
