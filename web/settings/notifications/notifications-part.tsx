import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { NotificationTarget } from '../../../src/contract/notifications.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { deliveriesQuery, notificationsQuery, removeNotification } from '../../api/notifications.ts';
import { announce } from '../../ui/announce.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { AddNotification } from './add-notification.tsx';
import { Deliveries } from './deliveries.tsx';
import { kinds } from './kinds.ts';

/** Who is told when something waits, and whether it reached them. */
export function NotificationsPart() {
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<NotificationTarget>();
  const { data, error, refetch } = useQuery(notificationsQuery);
  return (
    <>
      <Section
        title="Notifications"
        intro="Says in a Slack channel, or to a webhook, that something waits, with a link here. Parameters are not sent to Slack."
        actions={
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden className="size-4" /> Add
          </Button>
        }
      >
        {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
        {error === null && data === undefined && <Loading />}
        {data?.length === 0 && (
          <p className="text-sm text-muted">Nobody is told. Who waits for the inbox has to look at it.</p>
        )}
        {data !== undefined && data.length > 0 && (
          <Rows label="Who is told">
            {data.map((one) => (
              <Row
                key={one.id}
                title={<Text value={one.target} />}
                badges={<Badge>{kinds[one.kind].name}</Badge>}
                actions={
                  <Button
                    look="danger"
                    aria-label={`Remove ${visibleName(one.target)}`}
                    onClick={() => setRemoved(one)}
                  >
                    Remove
                  </Button>
                }
              >
                Since <Ago at={one.createdAt} />
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <Deliveries targets={data ?? []} />
      {isAdding && <AddNotification close={() => setAdding(false)} />}
      {removed && <RemoveNotification target={removed} close={() => setRemoved(undefined)} />}
    </>
  );
}

interface RemoveNotificationProps {
  readonly target: NotificationTarget;
  readonly close: () => void;
}

function RemoveNotification({ target, close }: RemoveNotificationProps) {
  const client = useQueryClient();
  const name = visibleName(target.target);
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
