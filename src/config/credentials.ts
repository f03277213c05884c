import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, messageOf } from '../lib/errors.ts';
import { writePrivateFile } from '../lib/private-file.ts';
import { Secret } from '../lib/secret.ts';
import { ConfigError } from './errors.ts';

/** How this machine's user reaches the gateway. */
export interface Credentials {
  readonly url: string;
  readonly token: Secret;
}

export function credentialsPath(home: string): string {
  return join(home, 'credentials.json');
}

/** `undefined` where nobody has logged in. Throws `unreadable` where the file is there and cannot be used. */
export function readCredentials(home: string): Credentials | undefined {
  const path = credentialsPath(home);
  try {
    return parse(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof ConfigError) throw error;
    throw new ConfigError('unreadable', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Readable by its owner alone. */
export function writeCredentials(home: string, credentials: Credentials): void {
  const { url, token } = credentials;
  writePrivateFile(credentialsPath(home), `${JSON.stringify({ url, token: token.reveal() }, null, 2)}\n`);
}

export function removeCredentials(home: string): void {
  rmSync(credentialsPath(home), { force: true });
}

function parse(path: string, text: string): Credentials {
  const unusable = new ConfigError(
    'unreadable',
    `${path} holds no usable credentials. Log in again with \`assent login\`.`,
  );
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw unusable;
  }
  if (typeof content !== 'object' || content === null || !('url' in content) || !('token' in content))
    throw unusable;
  const { url, token } = content;
  if (typeof url !== 'string' || typeof token !== 'string' || !URL.canParse(url)) throw unusable;
  return { url, token: new Secret(token) };
}
