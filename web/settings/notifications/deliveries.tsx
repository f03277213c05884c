import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import type { Delivery, NotificationTarget } from '../../../src/contract/notifications.ts';
import { deliveriesQuery } from '../../api/notifications.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';

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

interface DeliveryRowProps {
  readonly delivery: Delivery;
  /** Absent where it was removed. */
  readonly target: NotificationTarget | undefined;
}

export function DeliveryRow({ delivery, target }: DeliveryRowProps) {
  const { status, attempts, error, createdAt, nextAttemptAt, invocationId } = delivery;
  const { word, tone, title } = words[status];
  return (
    <Row
      title={target === undefined ? 'Removed since' : <Text value={target.target} />}
      badges={
        <Badge tone={tone} title={title}>
          {word}
        </Badge>
      }
      actions={
        <Link
          to="/history/$id"
          params={{ id: invocationId }}
          aria-label={`Show the request ${invocationId.slice(-6)}`}
          className="inline-flex min-h-10 items-center text-sm text-muted underline underline-offset-2 hover:text-text"
        >
          Show the request
        </Link>
      }
    >
      <Ago at={createdAt} />, {attempts === 1 ? 'one attempt' : `${attempts} attempts`}
      {nextAttemptAt !== null && (
        <>
          , the next <Ago at={nextAttemptAt} />
        </>
      )}
      {error !== null && (
        <p className="text-danger">
          <Text value={error} />
        </p>
      )}
    </Row>
  );
}

interface Word {
  readonly word: string;
  readonly tone: Tone;
  readonly title: string;
}

const words: Readonly<Record<Delivery['status'], Word>> = {
  pending: { word: 'To be sent', tone: 'warn', title: 'It is tried again by itself' },
  delivered: { word: 'Delivered', tone: 'good', title: 'It was taken' },
  failed: { word: 'Failed', tone: 'bad', title: 'It was given up' },
  obsolete: { word: 'Not needed', tone: 'plain', title: 'It was decided before anybody could be told' },
};
