import { AssentError } from '../lib/errors.ts';

/** `usage` is the caller's mistake on the command line or in the environment; `unreadable` a file that cannot be used. */
export type ConfigErrorCode = 'usage' | 'unreadable';

export class ConfigError extends AssentError<ConfigErrorCode> {}
