import { shellQuoted } from '../../shared/shell-words.ts';
import type { Completed } from './completed.ts';

/** For fish 3 and later. Each word comes with what it does. */
export function fish(all: readonly Completed[]): string {
  const cases = all.map(({ path, words }) => {
    const lines = words.map(
      ({ word, about }) => `            printf '%s\\t%s\\n' ${quoted(word)} ${quoted(about)}`,
    );
    return `        case ${quoted(path)}\n${lines.join('\n')}`;
  });
  return `# fish completion for assent: assent completion fish > ~/.config/fish/completions/assent.fish
function __assent_words
    switch "$argv[1]"
${cases.join('\n')}
        case '*'
            return 1
    end
end
function __assent_complete
    set -l typed (string match --invert -- '-*' (commandline --tokenize --cut-at-cursor --current-process)[2..])
    __assent_words (string join ' ' -- $typed[1..2]); or __assent_words "$typed[1]"
end
complete --command assent --arguments '(__assent_complete)'`;
}

/** fish reads \\ and \\' inside single quotes, and nothing else. */
function quoted(text: string): string {
  return text.includes('\\') || text.includes("'")
    ? `'${text.replace(/[\\']/g, '\\$&')}'`
    : shellQuoted(text);
}
