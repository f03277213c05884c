import { textOfBytes } from '../lib/byte-text.ts';
import { PackError } from './errors.ts';
import { maxWriteBytes, type Program, type Step } from './pack.ts';
import { splitWords } from './words.ts';

/** Where a script's `put` gets its bytes: `undefined` where there is no such file. */
export type ReadSource = (path: string) => Uint8Array | undefined;

export interface ScriptOptions {
  readonly readSource: ReadSource;
  /** The number of the script's first line in the file it comes from; a recipe's block begins further down. */
  readonly firstLine?: number;
}

interface State {
  readonly env: Map<string, string>;
  readonly steps: Step[];
  readonly readSource: ReadSource;
  cwd: string;
  timeoutMs: number;
  writtenBytes: number;
}

/**
 * Compiles a script: an instruction a line, nothing evaluated. Throws `bad_script`, which names the line.
 * Source: the seed on recipes, "Script Grammar"; design, action packs, section 1.
 *
 * ```ts
 * import { compileScript } from 'assent/pack';
 *
 * const program = compileScript('timeout 5000\nexec /usr/bin/uptime', { readSource: () => undefined });
 * console.log(program.steps.length); // 1
 * ```
 */
export function compileScript(script: string | Uint8Array, options: ScriptOptions): Program {
  const state: State = {
    env: new Map(),
    steps: [],
    readSource: options.readSource,
    cwd: '',
    timeoutMs: 0,
    writtenBytes: 0,
  };
  const text = typeof script === 'string' ? script : textOfBytes(script);
  for (const [at, line] of text.split('\n').entries()) {
    const fault = follow(state, line);
    if (fault !== undefined)
      throw new PackError('bad_script', `line ${at + (options.firstLine ?? 1)}: ${fault}`);
  }
  if (state.steps.length === 0) throw new PackError('bad_script', 'script has no steps');
  return { env: state.env, steps: state.steps };
}

/** What is wrong with a line; `undefined` where nothing is. */
type Instruction = (state: State, words: readonly string[]) => string | undefined;

const instructions: Readonly<Record<string, Instruction>> = { cd, timeout, env, put, exec };

function follow(state: State, line: string): string | undefined {
  const trimmed = trimBlanks(line);
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const words = splitWords(trimmed);
  if (words === undefined) return 'unterminated quote';
  const [name = '', ...rest] = words;
  const instruction = Object.hasOwn(instructions, name) ? instructions[name] : undefined;
  return instruction === undefined ? `unknown instruction: ${name}` : instruction(state, rest);
}

const blanks = new Set([' ', '\t', '\r']);

/** Not `trim()`, which takes characters that a path may end in, and not a regular expression: it takes n² for n blanks. */
function trimBlanks(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && blanks.has(line.charAt(start))) start++;
  while (end > start && blanks.has(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

function cd(state: State, [path, ...more]: readonly string[]): string | undefined {
  if (path === undefined || more.length > 0) return 'cd requires exactly 1 arg';
  state.cwd = path;
  return undefined;
}

function timeout(state: State, [ms, ...more]: readonly string[]): string | undefined {
  if (ms === undefined || more.length > 0) return 'timeout requires exactly 1 arg';
  if (!/^[0-9]{1,20}$/.test(ms) || Number(ms) > 0xffff_ffff) return 'invalid timeout value';
  state.timeoutMs = Number(ms);
  return undefined;
}

function env(state: State, [assignment, ...more]: readonly string[]): string | undefined {
  if (assignment === undefined || more.length > 0) return 'env requires exactly 1 arg (KEY=VALUE)';
  const equals = assignment.indexOf('=');
  if (equals <= 0) return 'env requires KEY=VALUE';
  state.env.set(assignment.slice(0, equals), assignment.slice(equals + 1));
  return undefined;
}

function put(state: State, [destination, source, ...more]: readonly string[]): string | undefined {
  if (destination === undefined || source === undefined || more.length > 0)
    return 'put requires: put <dest_abs_path> @<src_path>';
  if (!destination.startsWith('/')) return 'put destination must be an absolute path';
  if (!/^@./s.test(source)) return 'put source must be @<path>';
  const data = state.readSource(source.slice(1));
  if (data === undefined) return `put unable to open source: ${source.slice(1)}`;
  state.writtenBytes += data.length;
  if (state.writtenBytes > maxWriteBytes) return 'total embedded write bytes too large';
  state.steps.push({ op: 'write', mode: 0o644, path: destination, data });
  return undefined;
}

function exec(state: State, argv: readonly string[]): string | undefined {
  if (argv.length === 0) return 'exec requires at least 1 arg';
  state.steps.push({ op: 'exec', timeoutMs: state.timeoutMs, cwd: state.cwd, argv });
  return undefined;
}
