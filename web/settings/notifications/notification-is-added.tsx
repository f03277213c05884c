import type { NotificationAdded } from '../../api/notifications.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Done } from '../../ui/done.tsx';
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';
import { Text } from '../../ui/text.tsx';

interface NotificationIsAddedProps {
  readonly added: NotificationAdded;
  readonly close: () => void;
}

const title = 'It is told from now on';

/** A webhook has a secret to take along; a channel needs nothing more. */
export function NotificationIsAdded({ added: { notification, secret }, close }: NotificationIsAddedProps) {
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
