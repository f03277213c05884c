import { cleanText } from './clean-text.ts';

/** UTF-16 units that are kept of what a command writes to standard error. */
const keptUnits = 20_000;
/** UTF-16 units of it that are told. What is kept is longer, so that no secret is told by its end. */
const toldUnits = 2000;
/** UTF-16 units that are told of a line that is no message. */
const toldOfLine = 200;

/** What a command writes beside its messages: to standard error, and, where messages belong, lines that are none. */
export class LastWords {
  #stderr = '';
  #strays = 0;
  #firstStray = '';

  heard(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-keptUnits);
  }

  /** A line of standard output that is no message. */
  stray(line: string): void {
    if (this.#strays === 0) this.#firstStray = line.slice(0, keptUnits);
    this.#strays += 1;
  }

  /** The end of what was written to standard error, or ''. */
  stderr(withoutSecrets: (text: string) => string): string {
    const shown = withoutSecrets(this.#stderr).trim();
    return cleanText(shown.slice(-toldUnits), toldUnits).trim();
  }

  /** What to say of the lines that are no messages, a sentence or ''. */
  strays(withoutSecrets: (text: string) => string): string {
    if (this.#strays === 0) return '';
    const count = this.#strays === 1 ? '1 line' : `${this.#strays} lines`;
    const kind = this.#strays === 1 ? 'is no message' : 'are no messages';
    const first = cleanText(withoutSecrets(this.#firstStray), toldOfLine).trim();
    return `It also wrote ${count} to standard output that ${kind} of MCP; the first: ${endedWithStop(first)}`;
  }
}

export function endedWithStop(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}
