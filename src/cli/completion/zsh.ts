import { shellQuoted } from '../../shared/shell-words.ts';
import type { Completed } from './completed.ts';

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
