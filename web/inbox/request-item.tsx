import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { useMe } from '../api/me.ts';
import { classNames } from '../ui/class-names.ts';
import { RiskBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { TimeLeft } from '../ui/time.tsx';
import type { Chosen } from './use-chosen.ts';

interface RequestItemProps {
  readonly request: Invocation;
  readonly sourceName: string;
  readonly sessionName: string;
  readonly isShown: boolean;
  readonly chosen: Chosen;
}

export function RequestItem({ request, sourceName, sessionName, isShown, chosen }: RequestItemProps) {
  const { id, actionId, riskLevel, expiresAt } = request;
  const { isAdmin } = useMe();
  const item = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isShown) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  return (
    <div
      ref={item}
      className={classNames(
        'relative flex gap-3 rounded-xl border border-line bg-card p-3 focus-within:border-accent hover:border-line-strong',
        isShown && 'lg:border-accent lg:bg-accent-soft',
      )}
    >
      {isAdmin && (
        <input
          type="checkbox"
          aria-label={visibleName(`Choose ${actionId} of ${sessionName}`)}
          className="z-10 mt-0.5 size-4.5 accent-accent"
          checked={chosen.has(id)}
          onChange={() => chosen.toggle(id)}
        />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex items-start justify-between gap-2">
          <Link
            to="/inbox/$id"
            params={{ id }}
            aria-current={isShown ? 'true' : undefined}
            className="min-w-0 font-medium break-words after:absolute after:inset-0 after:rounded-xl"
          >
            <Text value={actionId} />
          </Link>
          <RiskBadge risk={riskLevel} />
        </div>
        <div className="mt-0.5 flex items-baseline justify-between gap-2 text-sm text-muted">
          <span className="min-w-0 truncate">
            <Text value={sourceName} />, <Text value={sessionName} />
          </span>
          {expiresAt !== null && <TimeLeft until={expiresAt} />}
        </div>
      </div>
    </div>
  );
}
