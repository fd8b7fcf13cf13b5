import { setFlagsFromString } from 'node:v8'

/** Loaded by a process before its own code: it prints what each of its garbage collections did. */
setFlagsFromString('--trace-gc-nvp')
