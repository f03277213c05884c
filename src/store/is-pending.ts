import { sql } from 'kysely';

/**
 * Said with the word itself, not with a parameter: only then do the engines see that the small index of pending rows is
 * enough, and do not look through all that was ever asked for.
 */
export const isPending = sql<boolean>`status = 'pending'`;
