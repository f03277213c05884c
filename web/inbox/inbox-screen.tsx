import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useRef } from 'react';
import { pendingQuery } from '../api/invocations.ts';
import { useMe } from '../api/me.ts';
import { Page } from '../ui/page.tsx';
import { Empty, ErrorNote, Loading } from '../ui/states.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { useWide } from '../ui/use-wide.ts';
import { AllowNotifications } from './allow-notifications.tsx';
import { DecideTogether } from './decide-together.tsx';
import { RequestDetail } from './request-detail.tsx';
import { RequestList } from './request-list.tsx';
import { useChosen } from './use-chosen.ts';
import { useShownRequest } from './use-shown-request.ts';

/** What waits for a person, oldest first, beside exactly what would run. What is not shown is not there: keys decide what is seen. */
export function InboxScreen() {
  const pending = useQuery(pendingQuery);
  const requests = pending.data ?? [];
  const shown = useShownRequest(requests);
  const chosen = useChosen(requests);
  const isWide = useWide();
  const { isAdmin } = useMe();
  const search = useRef<HTMLInputElement>(null);
  useKeys({
    j: () => shown.move(1),
    k: () => shown.move(-1),
    x: () => isAdmin && shown.id !== undefined && chosen.toggle(shown.id),
    '/': () => search.current?.focus(),
  });
  return (
    <Page
      title="Inbox"
      intro="What agents ask for, and what would run if you assent."
      actions={!shown.isOpened && <AllowNotifications />}
      yieldsHeading={shown.isOpened}
    >
      {pending.isPending && <Loading label="Asking what waits" />}
      {pending.isError && <ErrorNote error={pending.error} retry={() => void pending.refetch()} />}
      {pending.data !== undefined && shown.id === undefined && <NothingWaits />}
      {pending.data !== undefined && shown.id !== undefined && (
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(17rem,22rem)_1fr]">
          {(isWide || !shown.isOpened) && (
            <RequestList requests={requests} shownId={shown.id} chosen={chosen} search={search} />
          )}
          {(isWide || shown.isOpened) && (
            <div className="min-w-0">
              <RequestDetail key={shown.id} id={shown.id} next={shown.move} keep={shown.keep} />
            </div>
          )}
        </div>
      )}
      <DecideTogether chosen={chosen} />
    </Page>
  );
}

function NothingWaits() {
  return (
    <Empty icon={Inbox} title="Nothing waits">
      When an agent asks for an action that takes a person, it appears here at once. You can leave this page
      open.
    </Empty>
  );
}
