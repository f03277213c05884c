import { shellQuoted } from '../../shared/shell-words.ts';
import type { Completed } from './completed.ts';

/** For bash, 3.2 (macOS) and later. Where nothing of ours fits, file names are offered. */
export function bash(all: readonly Completed[]): string {
  const cases = all.map(
    ({ path, words }) =>
      `    ${shellQuoted(path)}) words=${shellQuoted(words.map(({ word }) => word).join(' '))} ;;`,
  );
  return `# bash completion for assent: source <(assent completion bash)
_assent() {
  local current="\${COMP_WORDS[COMP_CWORD]}" first='' second='' words='' word at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    [[ $word == -* ]] && continue
    if [[ -z $first ]]; then first="$word"; elif [[ -z $second ]]; then second="$word"; fi
  done
  _assent_words "$first\${second:+ $second}" || _assent_words "$first"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
_assent_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
complete -o default -F _assent assent`;
}

/** For zsh 5 and later, with compinit loaded. Each word comes with what it does. */
export function zsh(all: readonly Completed[]): string {
  const cases = all.map(({ path, words }) => {
    const described = words.map(({ word, about }) => shellQuoted(about === '' ? word : `${word}:${about}`));
    return `    ${shellQuoted(path)}) offered=(${described.join(' ')}) ;;`;
  });
  return `#compdef assent
# zsh completion for assent: source <(assent completion zsh), behind compinit
_assent() {
  local -a typed offered
  typed=(\${\${words[2,CURRENT-1]}:#-*})
  _assent_offer "\${typed[1]:-}\${typed[2]:+ \${typed[2]}}" || _assent_offer "\${typed[1]:-}"
  _describe -o 'assent' offered || _files
}
_assent_offer() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
compdef _assent assent`;
}

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
