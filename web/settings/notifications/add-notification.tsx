import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addNotification, notificationsQuery } from '../../api/notifications.ts';
import { useShownOnce } from '../../api/use-shown-once.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { type Kind, kinds } from './kinds.ts';
import { NotificationIsAdded } from './notification-is-added.tsx';

export function AddNotification({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>('slack');
  const [target, setTarget] = useState('');
  const adding = useShownOnce(
    () => addNotification({ kind, target: target.trim() }),
    () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.ask();
  };
  if (adding.answer !== undefined) return <NotificationIsAdded added={adding.answer} close={close} />;
  return (
    <Dialog title="Tell somebody" open close={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <SelectField
          label="Where"
          value={kind}
          onChange={({ target: { value } }) => setKind(value === 'webhook' ? 'webhook' : 'slack')}
        >
          <option value="slack">{kinds.slack.name}</option>
          <option value="webhook">{kinds.webhook.name}</option>
        </SelectField>
        <TextField
          label={kinds[kind].target}
          hint={kinds[kind].hint}
          required
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          value={target}
          onChange={(event) => setTarget(event.target.value)}
        />
        <FormEnd verb="Add" busy={adding.isPending} error={adding.error} cancel={close} />
      </form>
    </Dialog>
  );
}
