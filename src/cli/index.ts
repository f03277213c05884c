#!/usr/bin/env node
// The entry: nothing of ours is loaded before the compile cache is on, and nothing that an older Node cannot read.

const oldestNode = 24;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  const { note } = await import('./print.ts');
  note(
    `assent needs Node ${oldestNode} or later, and this is ${process.version}. https://nodejs.org has it.`,
  );
  process.exit(1);
}

// In the user's own cache folder: into a shared one under /tmp another user could put code.
const { HOME, XDG_CACHE_HOME } = process.env;
const caches = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`);
if (caches) process.getBuiltinModule('node:module').enableCompileCache(`${caches}/assent`);

const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
