// Holds the tree to the tables of docs/architecture.md: who may import whom, Node's modules, packages, cycles, and how long
// the receiver is. Imports of types count: a type from a forbidden folder is a dependency too.
import { join } from 'node:path';
import { checkFolders } from './folders/check.ts';

const { faults, notes } = checkFolders(join(import.meta.dirname, '..'));
for (const line of [...notes, ...faults]) console.error(line);
if (faults.length > 0) process.exitCode = 1;
else console.error('folders: every import keeps to the tables of docs/architecture.md');
