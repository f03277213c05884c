import type { Step } from '../../pack/pack.ts';
import { visible } from '../../shared/odd-characters.ts';
import { shellQuoted } from '../../shared/shell-words.ts';

/** A step on a line, as one would type it. */
export function stepText(step: Step): string {
  const text =
    step.op === 'exec'
      ? step.argv.map(word).join(' ')
      : `write ${word(step.path)} (${step.data.length} bytes, mode ${step.mode.toString(8).padStart(4, '0')})`;
  return visible(text.replaceAll('\n', '\\n'));
}

function word(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./~${}-]+$/.test(text) ? text : shellQuoted(text);
}
