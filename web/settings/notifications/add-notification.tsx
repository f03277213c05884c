import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addNotification, type NotificationAdded, notificationsQuery } from '../../api/notifications.ts';
import { useShownOnce } from '../../api/use-shown-once.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Done, FormEnd } from '../../ui/form-end.tsx';
import { ShownOnceDialog } from '../../ui/shown-once.tsx';
import { Text } from '../../ui/text.tsx';
import { type Kind, kinds } from './kinds.ts';

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

interface NotificationIsAddedProps {
  readonly added: NotificationAdded;
  readonly close: () => void;
}

const title = 'It is told from now on';

/** A webhook has a secret to take along; a channel needs nothing more. */
function NotificationIsAdded({ added: { notification, secret }, close }: NotificationIsAddedProps) {
  if (secret === null)
    return (
      <Dialog title={title} open close={close}>
        <div className="flex flex-col gap-4">
          <p className="text-sm text-muted">
            The next approval that waits is announced in <Text value={notification.target} />. The log below
            says whether it got there.
          </p>
          <Done close={close} />
        </div>
      </Dialog>
    );
  return (
    <ShownOnceDialog
      title={title}
      label="Signing secret"
      value={secret}
      copyLabel="Copy the secret"
      close={close}
    >
      It is shown this once. Each delivery to <Text value={notification.target} /> carries an{' '}
      <code>assent-signature</code> made with it: whoever receives one should check that.
    </ShownOnceDialog>
  );
}
