import { AssentError } from '../lib/errors.ts';

export type StoreErrorCode = 'unreachable' | 'newer' | 'migration_failed';

export class StoreError extends AssentError<StoreErrorCode> {}
