import { z } from 'zod';

/** Items of a vendor's list: more than any page that is asked for. */
const usualMost = 500;

/**
 * A list in a vendor's answer, refused whole where it is too long. zod's own `.max()` looks at every element first, and keeps a
 * sentence for each that does not fit: ten megabytes of empty objects take all memory.
 */
export function listOf<Item extends z.ZodType>(item: Item, most = usualMost) {
  return z.custom<unknown[]>((value) => Array.isArray(value) && value.length <= most).pipe(z.array(item));
}
