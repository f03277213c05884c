import type { RiskLevel } from '../../src/contract/modes.ts';
import { SelectField } from '../ui/field.tsx';
import { modes, risks } from '../ui/words.ts';

export type ChosenRisk = RiskLevel | 'found';

/** What an agent's call comes to by its risk, where nobody has set a mode. */
const levels = [
  { risk: 'read', mode: 'allow' },
  { risk: 'write', mode: 'require_approval' },
  { risk: 'danger', mode: 'deny' },
] as const;

interface RiskChoiceProps {
  readonly value: ChosenRisk;
  readonly choose: (risk: ChosenRisk) => void;
}

/** How dangerous an admin says that a tool is. */
export function RiskChoice({ value, choose }: RiskChoiceProps) {
  return (
    <SelectField
      label="Risk"
      hint="What its risk comes to where no mode is set."
      value={value}
      onChange={({ target }) => choose(levels.find(({ risk }) => risk === target.value)?.risk ?? 'found')}
    >
      <option value="found">As it is found</option>
      {levels.map(({ risk, mode }) => (
        <option key={risk} value={risk}>
          {risks[risk].word}: a call {modes[mode].sentence}
        </option>
      ))}
    </SelectField>
  );
}
