import { AssentError } from '../lib/errors.ts';

export type StoreErrorCode = 'cannot_open' | 'newer' | 'migration_failed';

export class StoreError extends AssentError<StoreErrorCode> {}
