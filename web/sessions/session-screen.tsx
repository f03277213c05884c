import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { invocationsKey } from '../api/invocations.ts';
import { ApiError } from '../api/refusal.ts';
import { revokeSession, sessionQuery, sessionsQuery } from '../api/sessions.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Page } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { useNow } from '../ui/time.tsx';
import { sessionName } from '../ui/words.ts';
import { LatestRequests } from './latest-requests.tsx';
import { SessionFacts } from './session-facts.tsx';
import { SessionLog } from './session-log.tsx';
import { SessionRefusals } from './session-refusals.tsx';
import { stateOf } from './session-state.ts';

/** One agent's run: what it does now, and what it has asked for. */
export function SessionScreen() {
  const { id } = useParams({ from: '/sessions/$id' });
  const { data, error, refetch } = useQuery(sessionQuery(id));
  if (data !== undefined) return <OneSession key={data.id} session={data} />;
  return (
    <Page title="Session">
      {error === null ? <Loading /> : <ErrorNote error={error} retry={retryFor(error, refetch)} />}
      <BackToSessions />
    </Page>
  );
}

const lasting: ReadonlySet<ApiError['code']> = new Set(['not_found', 'invalid_request'] as const);

/** What is not there, or no session at all, is no more so a second later. */
function retryFor(error: Error, refetch: () => unknown): (() => void) | undefined {
  return error instanceof ApiError && lasting.has(error.code) ? undefined : () => void refetch();
}

function OneSession({ session }: { readonly session: Session }) {
  const [isRevoking, setRevoking] = useState(false);
  const now = useNow(1000);
  const state = stateOf(session, now);
  return (
    <Page
      title={visibleName(sessionName(session.id, session.name))}
      actions={
        state === 'live' && (
          <Button look="danger" onClick={() => setRevoking(true)}>
            Revoke
          </Button>
        )
      }
    >
      <SessionFacts session={session} state={state} />
      <SessionLog sessionId={session.id} />
      <LatestRequests sessionId={session.id} />
      <SessionRefusals refusals={session.refusals} />
      <BackToSessions />
      {isRevoking && <RevokeSession session={session} close={() => setRevoking(false)} />}
    </Page>
  );
}

function BackToSessions() {
  return (
    <p className="mt-4">
      <Link to="/sessions" className="inline-flex min-h-10 items-center gap-2 text-muted hover:text-text">
        <ArrowLeft aria-hidden className="size-4" /> All sessions
      </Link>
    </p>
  );
}

interface RevokeSessionProps {
  readonly session: Session;
  readonly close: () => void;
}

function RevokeSession({ session: { id, name: given }, close }: RevokeSessionProps) {
  const client = useQueryClient();
  const name = visibleName(sessionName(id, given));
  const revoking = useMutation({
    mutationFn: () => revokeSession(id),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
        client.invalidateQueries({ queryKey: invocationsKey }),
      ]);
      announce(`Revoked ${name}: its token no longer works.`);
    },
  });
  return (
    <Confirm title={`Revoke ${name}?`} verb="Revoke" close={close} mutation={revoking}>
      From then on its token is nobody’s, and what it has waiting is denied. What already runs is not stopped.
      This cannot be taken back; a new session can be opened.
    </Confirm>
  );
}
