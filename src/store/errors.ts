import { AssentError } from '../lib/errors.ts';

export type StoreErrorCode = 'cannot_open' | 'newer' | 'migration_failed' | 'backup_failed';

export class StoreError extends AssentError<StoreErrorCode> {}
