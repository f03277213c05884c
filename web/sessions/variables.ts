import { shellQuoted } from '../../src/shared/shell-words.ts';

/** How the variables that an agent needs are handed over. */
export const forms = {
  shell: { name: 'For a shell', lines: exportLines },
  file: { name: 'As .env', lines: envFileLines },
} as const;
export type Form = keyof typeof forms;

type Variables = Readonly<Record<string, string>>;

/** What a POSIX shell takes as commands, whatever the values hold. */
export function exportLines(variables: Variables): string {
  return linesOf(variables, (name, value) => `export ${name}=${shellQuoted(value)}`);
}

/** What `docker --env-file` and its like take: values as they are, which hold no line end. */
export function envFileLines(variables: Variables): string {
  return linesOf(variables, (name, value) => `${name}=${value.replaceAll(/[\r\n]/g, '')}`);
}

function linesOf(variables: Variables, line: (name: string, value: string) => string): string {
  return Object.entries(variables)
    .map(([name, value]) => line(name, value))
    .join('\n');
}
