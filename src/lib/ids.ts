import { v7, validate } from 'uuid';

/** A new UUIDv7: text, unique everywhere, and in the order of creation, which keyset paging relies on. */
export function newId(): string {
  return v7();
}

/** Whether a text from outside has the form of an id. */
export function isId(text: string): boolean {
  return validate(text);
}
