import { readFileSync } from 'node:fs';
import { messageOf } from '../lib/errors.ts';
import { ConfigError } from './errors.ts';
import type { Env } from './home.ts';

/** The variables of secrets that a file may hold instead, which `…_FILE` names. */
export const secretNames = ['ASSENT_SECRET_KEY', 'ASSENT_DATABASE_URL', 'ASSENT_OIDC_CLIENT_SECRET'] as const;
type SecretName = (typeof secretNames)[number];

/**
 * The value of the variable, or what the file (or pipe, which is read once) holds that `NAME_FILE` names, without blanks around it.
 * `undefined` where neither is set. Throws `usage` where both are, `unreadable` for a file that cannot be read or is empty.
 */
export function secretVariable(env: Env, name: SecretName): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return env[name];
  if (env[name]) throw new ConfigError('usage', `Both ${name} and ${name}_FILE are set. Keep one of them.`);
  const text = contentOf(path, name);
  if (text !== '') return text;
  throw new ConfigError('unreadable', `The file of ${name}_FILE, ${path}, is empty.`);
}

function contentOf(path: string, name: SecretName): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const message = `The file of ${name}_FILE cannot be read: ${messageOf(error)}`;
    throw new ConfigError('unreadable', message, { cause: error });
  }
}
