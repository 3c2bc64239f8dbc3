#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Most of the time of a short command would go into compiling what it imports.
enableCompileCache();
const { runCommandLine } = await import('./command-line.ts');
await runCommandLine();
