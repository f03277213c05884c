import { type KeyboardEvent, useId } from 'react';
import type { Mode } from '../../src/contract/modes.ts';
import { classNames } from './class-names.ts';
import { modes } from './words.ts';

interface ModeSwitchProps {
  /** What it is the mode of, for people who cannot see the row. */
  readonly label: string;
  /** What is set here; `null` where what lies below holds, `unknown` where what is stored is no mode. */
  readonly value: Mode | 'unknown' | null;
  /** What would hold if nothing were set here. */
  readonly inherited: Mode;
  readonly disabled?: boolean;
  readonly change: (mode: Mode | null) => void;
}

const choices = ['allow', 'require_approval', 'deny'] as const;

/** Sets a mode, or leaves it to what lies below. */
export function ModeSwitch({ label, value, inherited, disabled = false, change }: ModeSwitchProps) {
  const name = useId();
  return (
    <fieldset
      disabled={disabled}
      onKeyDown={moveOnly}
      className="inline-flex overflow-hidden rounded-lg border border-line-strong text-sm disabled:opacity-55"
    >
      <legend className="sr-only">{label}</legend>
      <Choice
        name={name}
        text={`Default (${modes[inherited].word})`}
        checked={value === null}
        choose={() => change(null)}
      />
      {choices.map((mode) => (
        <Choice
          key={mode}
          name={name}
          text={modes[mode].word}
          mode={mode}
          checked={value === mode}
          choose={() => change(mode)}
        />
      ))}
    </fieldset>
  );
}

/**
 * Arrows move the focus, and choose nothing: a browser would choose each that they pass by, and a person on the way to Deny must not
 * have allowed something on the way. Space chooses.
 */
function moveOnly(event: KeyboardEvent<HTMLFieldSetElement>): void {
  const step = steps.get(event.key);
  if (step === undefined) return;
  event.preventDefault();
  const radios = [...event.currentTarget.querySelectorAll('input')];
  const at = radios.findIndex((radio) => radio === document.activeElement);
  radios.at((at + step) % radios.length)?.focus();
}

const steps: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
]);

const chosen: Readonly<Record<Mode | 'default', string>> = {
  default: 'has-checked:bg-sunken has-checked:text-text',
  allow: 'has-checked:bg-accent-soft has-checked:text-accent',
  require_approval: 'has-checked:bg-warn-soft has-checked:text-warn',
  deny: 'has-checked:bg-danger-soft has-checked:text-danger',
};

interface ChoiceProps {
  readonly name: string;
  readonly text: string;
  readonly mode?: Mode;
  readonly checked: boolean;
  readonly choose: () => void;
}

function Choice({ name, text, mode, checked, choose }: ChoiceProps) {
  return (
    <label
      className={classNames(
        'flex min-h-9 cursor-pointer items-center border-l border-line px-2.5 whitespace-nowrap text-muted first-of-type:border-l-0 has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
        chosen[mode ?? 'default'],
      )}
    >
      <input type="radio" name={name} checked={checked} onChange={choose} className="sr-only" />
      {text}
    </label>
  );
}
