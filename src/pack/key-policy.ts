import { configLines } from '../lib/config-lines.ts';
import { switchValue } from '../lib/switch-value.ts';
import { PackError } from './errors.ts';

/** What one key may do. Everything is refused that is not here. */
export interface KeyPolicy {
  /** Absolute paths, as written. */
  readonly commands: readonly string[];
  readonly env: ReadonlySet<string>;
  readonly allowRootScripts: boolean;
  readonly allowExecWrites: boolean;
  /** The longest a pack may live, in milliseconds. */
  readonly maxTtlMs: number | undefined;
  readonly sandbox: boolean;
}

const nothing: KeyPolicy = {
  commands: [],
  env: new Set(),
  allowRootScripts: false,
  allowExecWrites: false,
  maxTtlMs: undefined,
  sandbox: false,
};

/** The policy with a word's value added; `undefined` where the word cannot have that value. */
type Word = (value: string, policy: KeyPolicy) => KeyPolicy | undefined;

const words: Readonly<Record<string, Word>> = {
  cmd: (value, policy) =>
    value.startsWith('/') ? { ...policy, commands: [...policy.commands, value] } : undefined,
  env: (value, policy) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? { ...policy, env: new Set([...policy.env, value]) } : undefined,
  allow_root_scripts: (value, policy) => {
    const allowRootScripts = switchValue(value);
    return allowRootScripts === undefined ? undefined : { ...policy, allowRootScripts };
  },
  allow_exec_writes: (value, policy) => {
    const allowExecWrites = switchValue(value);
    return allowExecWrites === undefined ? undefined : { ...policy, allowExecWrites };
  },
  max_ttl_ms: (value, policy) =>
    /^[1-9][0-9]{0,14}$/.test(value) ? { ...policy, maxTtlMs: Number(value) } : undefined,
  sandbox: (value, policy) => (value === 'required' ? { ...policy, sandbox: true } : undefined),
};

const mayRepeat = new Set(['cmd', 'env']);

/**
 * Reads a policy: a line per key. Throws `bad_policy`, naming the line, for anything that it does not know: what is skipped
 * would be a rule that does not hold. Source: the seed on recipes, "Policy Model"; design, section 4, "Policy file".
 *
 * ```ts
 * import { parsePolicy } from 'assent/pack';
 *
 * const policy = parsePolicy('default cmd=/usr/bin/git env=HOME', 'action_pack.policy');
 * console.log(policy.get('default')?.commands); // [ '/usr/bin/git' ]
 * ```
 */
export function parsePolicy(text: string, path: string): ReadonlyMap<string, KeyPolicy> {
  const policies = new Map<string, KeyPolicy>();
  for (const [number, line] of configLines(text)) {
    const refuse = (why: string) => new PackError('bad_policy', `${path} line ${number}: ${why}`);
    const [keyId = '', ...rules] = line.split(/[ \t]+/);
    if (keyId.includes('=')) throw refuse(`"${keyId}" stands where the key id belongs`);
    if (policies.has(keyId)) throw refuse(`the key "${keyId}" has a line already`);
    policies.set(keyId, keyPolicy(rules, refuse));
  }
  return policies;
}

function keyPolicy(rules: readonly string[], refuse: (why: string) => Error): KeyPolicy {
  let policy = nothing;
  const said = new Set<string>();
  for (const rule of rules) {
    const equals = rule.indexOf('=');
    const name = equals === -1 ? rule : rule.slice(0, equals);
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (word === undefined)
      throw refuse(`unknown word "${rule}". There are ${Object.keys(words).join('=, ')}=.`);
    // Of two values, one would be wider than somebody meant.
    if (said.has(name) && !mayRepeat.has(name)) throw refuse(`${name}= is there twice`);
    said.add(name);
    const added = word(equals === -1 ? '' : rule.slice(equals + 1), policy);
    if (added === undefined) throw refuse(`"${rule}" has a value that ${name}= cannot take`);
    policy = added;
  }
  return policy;
}
