import { useId, useState } from 'react';
import type { SessionCreated } from '../../src/contract/sessions.ts';
import { Done } from '../ui/form-end.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import { Exactly } from '../ui/time.tsx';
import { type Form, forms } from './variables.ts';

interface SessionVariablesProps {
  readonly created: SessionCreated;
  readonly close: () => void;
}

/** What the agent needs, to be pasted where it runs. */
export function SessionVariables({ created: { env, session }, close }: SessionVariablesProps) {
  const [form, setForm] = useState<Form>('shell');
  return (
    <div className="flex flex-col gap-4">
      <FormChoice value={form} change={setForm} />
      <ShownOnce label="The agent’s variables" value={forms[form].lines(env)} copyLabel="Copy the variables">
        The token is shown this once. With it, <code>assent actions</code> and whatever else speaks to the
        gateway can ask for actions as this session until <Exactly at={session.expiresAt} />. It opens nothing
        else, and shows nobody a credential.
      </ShownOnce>
      <Done close={close} />
    </div>
  );
}

const choices = ['shell', 'file'] as const satisfies readonly Form[];

interface FormChoiceProps {
  readonly value: Form;
  readonly change: (form: Form) => void;
}

function FormChoice({ value, change }: FormChoiceProps) {
  const name = useId();
  return (
    <fieldset className="flex flex-wrap gap-x-5">
      <legend className="text-sm font-medium">How they are written</legend>
      {choices.map((form) => (
        <label key={form} className="inline-flex min-h-10 cursor-pointer items-center gap-2">
          <input
            type="radio"
            name={name}
            checked={form === value}
            onChange={() => change(form)}
            className="size-4 accent-accent"
          />
          {forms[form].name}
        </label>
      ))}
    </fieldset>
  );
}
