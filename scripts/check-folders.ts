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

/** What the page may load of src/contract; of all else there it may have types only, or zod would be in its first download. */
const loadedByPage: readonly string[] = ['src/contract/mode-key.ts', 'src/contract/event-protocol.ts'];
/** What stands in no file of the page, but in the one that is named. */
const notInPage: readonly { readonly pattern: RegExp; readonly but?: string; readonly says: string }[] = [
  {
    pattern: /\b(?:fetch\(|XMLHttpRequest\b|sendBeacon\b|EventSource\b)/,
    but: 'web/api/fetch.ts',
    says: 'only web/api/fetch.ts asks the gateway: import `ask`',
  },
  {
    pattern: /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/,
    says: 'no text becomes markup: render it with web/ui/text.tsx',
  },
];

/** Folders of the gateway's insides that nobody loads before they are needed. */
const onlyLazily: Readonly<Record<string, readonly string[]>> = { cli: ['main'] };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const faults: string[] = [];

for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
  checkFile(name);
}

for (const name of readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })) {
  if (!/\.tsx?$/.test(name) || name.endsWith('.test.ts')) continue;
  checkPageFile(join('web', name));
}

// People must be able to read the receiver before they let it run.
const mostReceiverLines = 2000;
const receiverLines = readdirSync(join(root, 'src/receiver'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
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
  checkName(`src/${name}`);
  for (const { specifier, lazy } of importsOf(readFileSync(join(root, 'src', name), 'utf8'))) {
    const fault = judge(name, folder, rule, specifier, lazy);
    if (fault !== undefined) faults.push(`src/${name}: ${fault}`);
  }
}

function checkName(path: string): void {
  if (/(^|\/)(utils?|helpers?|misc|common)\.tsx?$/.test(path))
    faults.push(`${path}: name the file for what it holds`);
}

/** The page runs in a browser: it may import itself, and types of the contract. */
function checkPageFile(path: string): void {
  checkName(path);
  const source = readFileSync(join(root, path), 'utf8');
  for (const one of importsOf(source)) {
    const fault = judgeOfPage(path, one);
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
  }
  for (const { pattern, but, says } of notInPage) {
    if (path !== but && pattern.test(source)) faults.push(`${path}: ${says}`);
  }
}

function judgeOfPage(path: string, { specifier, isType }: Import): string | undefined {
  if (specifier.startsWith('node:')) return `web must not import ${specifier}`;
  if (!specifier.startsWith('.')) return undefined;
  const target = normalize(join(dirname(path), specifier));
  if (target.startsWith('web/') || loadedByPage.includes(target)) return undefined;
  if (!target.startsWith('src/contract/')) return `web must not import ${target}`;
  return isType ? undefined : `web may have types only of ${target}: import type`;
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
  if (target === '..') return `src imports nothing that is outside of it (${specifier})`;
  if (!rule.mayImport.includes(target)) return `src/${folder} must not import src/${target} (${specifier})`;
  if (onlyLazily[folder]?.includes(target) && !lazy)
    return `src/${target} is loaded lazily only: await import('${specifier}')`;
  return undefined;
}

interface Import {
  readonly specifier: string;
  /** A type loads nothing. */
  readonly isType: boolean;
  readonly lazy: boolean;
}

function importsOf(source: string): Import[] {
  const eager = [...source.matchAll(/^(?:import|export|\})[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'/gm)];
  const isErased = (match: RegExpExecArray) => /^(?:import|export) type\b/.test(match[0]);
  const lazily = [...source.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)];
  return [
    ...eager.map((match) => {
      const isType = isErased(match);
      return { specifier: match[1] ?? match[2] ?? '', isType, lazy: isType };
    }),
    ...lazily.map((match) => ({ specifier: match[1] ?? '', isType: false, lazy: true })),
  ];
}
