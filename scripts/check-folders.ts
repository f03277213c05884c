// Checks the folder table of docs/architecture.md: who may import whom, and where Node's own modules are allowed.
// Imports of types count: a type from a forbidden folder is a dependency too.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Rule {
  readonly mayImport: readonly string[];
  readonly node: boolean | readonly string[];
}

const everything = [
  'lib',
  'contract',
  'pack',
  'policy',
  'sources',
  'store',
  'gateway',
  'server',
  'receiver',
  'config',
  'main',
  'cli',
];

const rules: Readonly<Record<string, Rule>> = {
  lib: { mayImport: [], node: true },
  contract: { mayImport: [], node: false },
  pack: { mayImport: ['lib'], node: ['node:crypto', 'node:buffer'] },
  policy: { mayImport: ['lib', 'contract'], node: false },
  sources: { mayImport: ['lib', 'contract', 'pack'], node: true },
  store: { mayImport: ['lib', 'contract'], node: true },
  gateway: { mayImport: ['lib', 'contract', 'policy', 'sources', 'store'], node: true },
  server: { mayImport: ['lib', 'contract', 'gateway'], node: true },
  receiver: { mayImport: ['lib', 'pack'], node: true },
  config: { mayImport: ['lib'], node: true },
  main: { mayImport: everything.filter((folder) => folder !== 'cli'), node: true },
  cli: { mayImport: ['lib', 'contract', 'pack', 'config', 'main'], node: true },
};

/** Folders of the gateway's insides that nobody loads before they are needed. */
const onlyLazily: Readonly<Record<string, readonly string[]>> = { cli: ['main'] };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const faults: string[] = [];

for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
  checkFile(name);
}

// People must be able to read the receiver before they let it run.
const mostReceiverLines = 999;
const receiverLines = readdirSync(join(root, 'src/receiver'))
  .map((name) => readFileSync(join(root, 'src/receiver', name), 'utf8').split('\n').length - 1)
  .reduce((sum, lines) => sum + lines, 0);
if (receiverLines > mostReceiverLines)
  faults.push(`src/receiver has ${receiverLines} lines, and may have ${mostReceiverLines}`);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.error('folders: every import keeps to the table');

function checkFile(name: string): void {
  const folder = name.split('/')[0] ?? '';
  const rule = rules[folder];
  if (rule === undefined) {
    faults.push(`src/${name}: the folder "${folder}" is not in the table`);
    return;
  }
  if (/(^|\/)(utils?|helpers?|misc|common)\.ts$/.test(name))
    faults.push(`src/${name}: name the file for what it holds`);
  for (const { specifier, lazy } of importsOf(readFileSync(join(root, 'src', name), 'utf8'))) {
    const fault = judge(name, folder, rule, specifier, lazy);
    if (fault !== undefined) faults.push(`src/${name}: ${fault}`);
  }
}

function judge(
  name: string,
  folder: string,
  rule: Rule,
  specifier: string,
  lazy: boolean,
): string | undefined {
  if (specifier.startsWith('node:')) {
    const allowed = typeof rule.node === 'boolean' ? rule.node : rule.node.includes(specifier);
    return allowed ? undefined : `src/${folder} must not import ${specifier}`;
  }
  if (!specifier.startsWith('.')) return undefined;
  const target = normalize(join(dirname(name), specifier)).split('/')[0] ?? '';
  if (target === folder) return undefined;
  if (!rule.mayImport.includes(target)) return `src/${folder} must not import src/${target} (${specifier})`;
  if (onlyLazily[folder]?.includes(target) && !lazy)
    return `src/${target} is loaded lazily only: await import('${specifier}')`;
  return undefined;
}

function importsOf(source: string): { specifier: string; lazy: boolean }[] {
  const eager = [...source.matchAll(/^(?:import|export|\})[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'/gm)];
  const isErased = (match: RegExpExecArray) => /^(?:import|export) type\b/.test(match[0]);
  const lazily = [...source.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)];
  return [
    // A type loads nothing.
    ...eager.map((match) => ({ specifier: match[1] ?? match[2] ?? '', lazy: isErased(match) })),
    ...lazily.map((match) => ({ specifier: match[1] ?? '', lazy: true })),
  ];
}
