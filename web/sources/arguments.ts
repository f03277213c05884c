/** A command's arguments as a person writes them, one a line; what a line alone could not hold stands there as JSON text. */
export function argumentsText(args: readonly string[]): string {
  return args.map((arg) => (isPlain(arg) ? arg : JSON.stringify(arg))).join('\n');
}

/** The arguments that a text has; empty lines are none, and quotes around a whole line are not part of it. */
export function argumentsOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => unquoted(line));
}

function isPlain(arg: string): boolean {
  return arg !== '' && arg === arg.trim() && !/[\r\n]/.test(arg) && !arg.startsWith('"');
}

function unquoted(line: string): string {
  if (!line.startsWith('"')) return line;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : line;
  } catch {
    return line;
  }
}
