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
