import { useInfiniteQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { NotificationTarget } from '../../../src/contract/notifications.ts';
import { deliveriesQuery } from '../../api/notifications.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { DeliveryRow } from './delivery-row.tsx';

/** What became of each announcement, newest first. */
export function Deliveries({ targets }: { readonly targets: readonly NotificationTarget[] }) {
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(deliveriesQuery);
  const deliveries = data?.pages.flatMap((page) => page.deliveries) ?? [];
  return (
    <Section
      title="Deliveries"
      intro="What became of each announcement, newest first."
      actions={
        <Button busy={isFetching} onClick={() => void refetch()}>
          <RefreshCw aria-hidden className="size-4" /> Read again
        </Button>
      }
    >
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data !== undefined && deliveries.length === 0 && (
        <p className="text-sm text-muted">Nothing has been announced yet.</p>
      )}
      {deliveries.length > 0 && (
        <Rows label="Deliveries">
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              target={targets.find(({ id }) => id === delivery.notificationId)}
            />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <Button className="mt-4" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </Section>
  );
}
