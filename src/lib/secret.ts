import { inspect } from 'node:util';

const shown = '[secret]';

/**
 * A text that does not print: not in a template, not in JSON, not in a log or a stack's inspection.
 * Only `reveal()` gives it back, which is easy to search for.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
