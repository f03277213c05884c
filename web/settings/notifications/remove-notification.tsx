import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NotificationTarget } from '../../../src/contract/notifications.ts';
import { deliveriesQuery, notificationsQuery, removeNotification } from '../../api/notifications.ts';
import { announce } from '../../ui/announce.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { visible } from '../../ui/visible.ts';

interface RemoveNotificationProps {
  readonly target: NotificationTarget;
  readonly close: () => void;
}

export function RemoveNotification({ target, close }: RemoveNotificationProps) {
  const client = useQueryClient();
  const name = visible(target.target);
  const removing = useMutation({
    mutationFn: () => removeNotification(target.id),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
        client.invalidateQueries({ queryKey: deliveriesQuery.queryKey }),
      ]);
      announce(`${name} is not told any more.`);
    },
  });
  return (
    <Confirm title={`Tell ${name} nothing more?`} verb="Remove" close={close} mutation={removing}>
      What is still to be announced there is dropped.
      {target.kind === 'webhook' && ' Added again, it gets another signing secret.'}
    </Confirm>
  );
}
