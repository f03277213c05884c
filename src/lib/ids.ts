import { uuidv7 } from 'uuidv7';

/** A new UUIDv7: text, unique everywhere, and in the order of creation, which keyset paging relies on. */
export function newId(): string {
  return uuidv7();
}
