import { Link } from '@tanstack/react-router';
import type { Delivery, NotificationTarget } from '../../../src/contract/notifications.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Row } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';

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
