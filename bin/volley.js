#!/usr/bin/env node
// A file that is there before the first build: npm links no command whose file is missing, and a
// rebuilt `dist` has lost the executable bit that npm sets.
import '../dist/cli/main.js'
