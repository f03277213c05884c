import { AssentError } from '../lib/errors.ts';

export type StoreErrorCode =
  | 'cannot_open'
  | 'damaged'
  | 'newer'
  | 'migration_failed'
  | 'backup_failed'
  | 'missing';

export class StoreError extends AssentError<StoreErrorCode> {}
