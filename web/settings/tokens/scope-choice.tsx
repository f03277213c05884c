import { type Scope, scopeSays, scopes } from '../../../src/shared/user-tokens.ts';

interface ScopeChoiceProps {
  readonly chosen: readonly Scope[];
  readonly change: (chosen: readonly Scope[]) => void;
}

/** What a token may be used for: each scope by its name, which the command line and refusals say, and in words. */
export function ScopeChoice({ chosen, change }: ScopeChoiceProps) {
  const toggle = (scope: Scope, isOn: boolean) =>
    change(scopes.filter((one) => (one === scope ? isOn : chosen.includes(one))));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">What it is for, within your role</legend>
      {scopes.map((scope, at) => (
        <label key={scope} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            // The browser says what is missing where nothing is chosen.
            required={at === 0 && chosen.length === 0}
            onChange={({ target }) => toggle(scope, target.checked)}
          />
          <span>
            <code>{scope}</code>: {scopeSays[scope]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
