import type { NotificationAdded } from '../../api/notifications.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Text } from '../../ui/text.tsx';

interface NotificationIsAddedProps {
  readonly added: NotificationAdded;
  readonly close: () => void;
}

/** A webhook has a secret to take along; a channel needs nothing more. */
export function NotificationIsAdded({ added: { notification, secret }, close }: NotificationIsAddedProps) {
  return (
    <Dialog title="It is told from now on" open close={close} holds={secret !== null}>
      {secret === null ? (
        <p className="text-sm text-muted">
          The next approval that waits is announced in <Text value={notification.target} />. The log below
          says whether it got there.
        </p>
      ) : (
        <ShownOnce label="Signing secret" value={secret} copyLabel="Copy the secret">
          It is shown this once. Each delivery to <Text value={notification.target} /> carries an{' '}
          <code>assent-signature</code> made with it: whoever receives one should check that.
        </ShownOnce>
      )}
      <div className="mt-4 flex justify-end">
        <Button look="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
