import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { messageOf } from '../lib/errors.ts';
import { readTrustedFile } from '../lib/trusted-file.ts';
import { type KeyPolicy, parsePolicy } from '../pack/key-policy.ts';
import { parsePublicKeys } from '../pack/public-keys.ts';
import type { Options } from './options.ts';
import type { Log } from './os/json-log.ts';
import { Misconfigured } from './refusal.ts';
import { bubblewrap } from './sandbox.ts';

/** Whom the receiver trusts, and with what. */
export interface Trust {
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** `undefined` where no policy file is configured: then the built-in list holds for every key. */
  readonly policies: ReadonlyMap<string, KeyPolicy> | undefined;
}

type Files = Pick<Options, 'pubkeys' | 'policy' | 'defaultPolicy'>;

/** Reads keys and policy. Throws `misconfigured`, naming the file and the line; what held `before` then goes on holding. */
export function readTrust({ pubkeys, policy, defaultPolicy }: Files, log: Log, before?: Trust): Trust {
  try {
    const { keys, skipped } = parsePublicKeys(readTrustedFile(pubkeys, 'key file'), pubkeys);
    for (const line of skipped) log('key skipped', { line });
    const path =
      policy ?? (existsSync(defaultPolicy) || before?.policies !== undefined ? defaultPolicy : undefined);
    if (path !== undefined) return { keys, policies: readPolicy(path) };
    log('no policy', { warning: 'any trusted key may run the built-in commands, and bash is one of them' });
    return { keys, policies: undefined };
  } catch (error) {
    throw new Misconfigured(messageOf(error));
  }
}

function readPolicy(path: string): ReadonlyMap<string, KeyPolicy> {
  const policies = parsePolicy(readTrustedFile(path, 'policy'), path);
  for (const [keyId, { sandbox }] of policies) {
    if (sandbox && !existsSync(bubblewrap))
      throw new Misconfigured(
        `${path}: "${keyId}" asks for a sandbox. Install bubblewrap: no ${bubblewrap}.`,
      );
  }
  return policies;
}
