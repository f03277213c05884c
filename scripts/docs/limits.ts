import { receiverConfig, receiverSettings } from '../../src/config/receiver.ts';
import { type NumberInSource, numbersIn } from './constants.ts';
import { schemaLimits } from './schemas.ts';

/** Numbers that bound nothing: parts of a format, codes, units of time, weights. */
const noLimits: ReadonlySet<string> = new Set([
  'busy',
  'currentVersion',
  'day',
  'dayMs',
  'explained',
  'headerBytes',
  'hour',
  'lastDate',
  'listShare',
  'longestMs',
  'minute',
  'mostWords',
  'nonceBytes',
  'objectShare',
  'oldestNode',
  'pointBytes',
  'second',
  'smallest',
  'tagBytes',
  'usage',
]);

/** The layers in the order in which a reader asks, and what each is called. */
const layers: readonly (readonly [folder: string, title: string])[] = [
  ['src/gateway', 'Gateway'],
  ['src/server', 'Server'],
  ['src/policy', 'What is stored and shown of params, results and errors'],
  ['src/sources/mcp', 'Connectors (MCP)'],
  ['src/sources', 'Providers'],
  ['src/store', 'Database'],
  ['src/pack', 'Action packs'],
  ['src/receiver', 'Receiver'],
  ['src/main', 'Starting and stopping'],
  ['src/cli', 'Command line'],
  ['src/lib', 'Files and locks'],
  ['src/shared', 'Shared'],
  ['src/contract', 'Contract'],
];

/** docs/limits.md. Throws where a number has no doc comment that could say what it bounds. */
export async function limitsPage(root: string): Promise<string> {
  const numbers = numbersIn(root).filter(({ name }) => !noLimits.has(name));
  const silent = numbers.filter(({ says }) => says === '').map(({ path, name }) => `${path} ${name}`);
  if (silent.length > 0) throw new Error(`say in a doc comment what it bounds: ${silent.join(', ')}`);
  const parts = layers.flatMap(([folder, title]) =>
    section(
      title,
      numbers.filter(({ path }) => layerOf(path) === folder),
    ),
  );
  return [...opening, ...parts, ...settings(), ...(await schemas(root))].join('\n');
}

const opening = [
  '# Limits',
  '',
  'Written by `node scripts/write-docs.ts` from the constants of the code and their comments; do not edit it by hand.',
  'A limit that a deployment can change names its variable or its setting.',
  '',
];

function section(title: string, numbers: readonly NumberInSource[]): string[] {
  if (numbers.length === 0) return [];
  const rows = numbers.map((one) => [
    one.says,
    one.values.map((value) => shown(one.name, value)).join(', '),
    `\`${one.path.replace('src/', '')}\` \`${one.name}\``,
  ]);
  return [`## ${title}`, '', ...table([['what', 'value', 'constant'], ...rows]), ''];
}

/** What a configuration file or a flag of the receiver can change, with its default. */
function settings(): string[] {
  const { maxConns, ioTimeoutMs, maxRequest, maxOutput } = receiverConfig({ root: '/' }, '/nonexistent');
  const rows = [
    ['max_conns', receiverSettings.max_conns[1], String(maxConns)],
    ['io_timeout_ms', receiverSettings.io_timeout_ms[1], shown('Ms', ioTimeoutMs)],
    ['max_request', receiverSettings.max_request[1], shown('Bytes', maxRequest)],
    ['max_output', receiverSettings.max_output[1], shown('Bytes', maxOutput)],
  ].map(([name, says, value]) => [`${says?.replace(/ \(\d+\)$/, '')}`, `${value}`, `\`${name}\``]);
  return ['## Settings of the receiver', '', ...table([['what', 'default', 'setting'], ...rows]), ''];
}

async function schemas(root: string): Promise<string[]> {
  const rows = (await schemaLimits(root)).map(({ schema, field, says }) => [
    `\`${schema}\``,
    `\`${field}\``,
    says,
  ]);
  return [
    '## What requests may hold',
    '',
    'From the schemas of `src/contract`.',
    '',
    ...table([['schema', 'field', 'limits'], ...rows]),
    '',
  ];
}

function layerOf(path: string): string {
  const layer = layers.find(([folder]) => path.startsWith(`${folder}/`));
  if (layer !== undefined) return layer[0];
  throw new Error(`${path}: give its folder a title in scripts/docs/limits.ts`);
}

/** In the unit that the name ends with: milliseconds, seconds, bytes, or a count. */
function shown(name: string, value: number): string {
  if (name.endsWith('Ms')) return duration(value);
  if (name.endsWith('Seconds')) return duration(value * 1000);
  if (name.endsWith('Bytes')) return size(value);
  return value.toLocaleString('en');
}

const largestFirst = <T extends readonly [string, number]>(units: readonly T[], value: number) =>
  units.find(([, unit]) => value >= unit && value % unit === 0);

function duration(ms: number): string {
  const [name, unit] = largestFirst(
    [
      ['days', 86_400_000],
      ['h', 3_600_000],
      ['min', 60_000],
      ['s', 1000],
    ],
    ms,
  ) ?? ['ms', 1];
  return `${ms / unit} ${name}`;
}

function size(bytes: number): string {
  const [name, unit] = largestFirst(
    [
      ['MiB', 1024 ** 2],
      ['KiB', 1024],
      ['MB', 1_000_000],
    ],
    bytes,
  ) ?? ['bytes', 1];
  return `${(bytes / unit).toLocaleString('en')} ${name}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const lines = rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  const [head = '', ...body] = lines;
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...body];
}
