import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { automationsQuery, createSession, sessionsQuery } from '../api/sessions.ts';
import { useShownOnce } from '../api/use-shown-once.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { SessionVariables } from './session-variables.tsx';

const hour = 3600;
/** Seconds; a month is as long as the gateway lets one live. */
const lengths = [
  { seconds: hour, name: '1 hour' },
  { seconds: 8 * hour, name: '8 hours' },
  { seconds: 24 * hour, name: '1 day' },
  { seconds: 7 * 24 * hour, name: '7 days' },
  { seconds: 30 * 24 * hour, name: '30 days' },
] as const;

/** Opens a session, and hands over what its agent needs. */
export function NewSession({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [automationId, setAutomationId] = useState('');
  const [seconds, setSeconds] = useState<number>(8 * hour);
  const opening = useShownOnce(
    () =>
      createSession({
        ...(name.trim() !== '' && { name }),
        ...(automationId !== '' && { automationId }),
        ttlSeconds: seconds,
      }),
    () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  );
  const { answer } = opening;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.ask();
  };
  if (answer !== undefined)
    return (
      <Dialog title="The session is open" open close={close} holds>
        <SessionVariables created={answer} close={close} />
      </Dialog>
    );
  return (
    <Dialog title="Open a session" open close={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          hint="What you will know it by in the inbox and the history. It can be left empty."
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <AutomationField value={automationId} change={setAutomationId} />
        <SelectField
          label="Ends after"
          value={seconds}
          onChange={({ target }) => setSeconds(Number(target.value))}
        >
          {lengths.map((one) => (
            <option key={one.seconds} value={one.seconds}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <FormEnd verb="Open" busy={opening.isPending} error={opening.error} cancel={close} />
      </form>
    </Dialog>
  );
}

interface AutomationFieldProps {
  readonly value: string;
  readonly change: (id: string) => void;
}

function AutomationField({ value, change }: AutomationFieldProps) {
  const { data: automations = [], error } = useQuery(automationsQuery);
  return (
    <SelectField
      label="Automation"
      hint="With one, its own modes hold before the organization’s."
      error={error?.message}
      value={value}
      onChange={({ target }) => change(target.value)}
    >
      <option value="">None</option>
      {automations.map((one) => (
        <option key={one.id} value={one.id}>
          {visibleName(one.name)}
        </option>
      ))}
    </SelectField>
  );
}
