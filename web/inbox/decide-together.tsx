import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { useMe } from '../api/me.ts';
import { useSessionName } from '../api/sessions.ts';
import { useSourceName } from '../api/sources.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { RiskBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { sessionName } from '../ui/words.ts';
import { ParamsView } from './params-view.tsx';
import type { Chosen } from './use-chosen.ts';
import { type Result, useTogether, type Verb } from './use-together.ts';

/** What was chosen, decided together; each on its own, so that one refusal stops none of the others. */
export function DecideTogether({ chosen }: { readonly chosen: Chosen }) {
  const { isAdmin } = useMe();
  const [verb, setVerb] = useState<Verb>();
  // What is decided is what the dialog showed when it opened.
  const [listed, setListed] = useState<readonly Invocation[]>([]);
  const count = chosen.requests.length;
  const open = (wanted: Verb) => {
    setListed(chosen.requests);
    setVerb(wanted);
  };
  const close = () => {
    setVerb(undefined);
    chosen.choose([]);
  };
  if (!isAdmin) return null;
  return (
    <>
      {count > 0 && (
        <div
          role="toolbar"
          aria-label="What is chosen"
          className="fixed inset-x-3 bottom-20 z-30 mx-auto flex max-w-md flex-wrap items-center justify-center gap-2 rounded-xl border border-line-strong bg-card px-4 py-3 shadow-lg md:bottom-6"
        >
          <span className="mr-auto text-sm">{count} chosen</span>
          <Button size="small" look="primary" onClick={() => open('approve')}>
            Approve {count}…
          </Button>
          <Button size="small" look="danger" onClick={() => open('deny')}>
            Deny {count}…
          </Button>
          <Button size="small" look="quiet" onClick={() => chosen.choose([])}>
            Clear
          </Button>
        </div>
      )}
      {verb !== undefined && <TogetherDialog verb={verb} requests={listed} close={close} />}
    </>
  );
}

interface TogetherDialogProps {
  readonly verb: Verb;
  readonly requests: readonly Invocation[];
  readonly close: () => void;
}

function TogetherDialog({ verb, requests, close }: TogetherDialogProps) {
  const [reason, setReason] = useState('');
  const { results, deciding, stop } = useTogether(verb, requests, reason.trim());
  const name = verb === 'approve' ? 'Approve' : 'Deny';
  return (
    <Dialog title={`${name} ${requests.length} requests`} open close={close} holds={!deciding.isIdle} reads>
      <ul className="mb-4 flex flex-col gap-3">
        {requests.map((request) => (
          <li key={request.id} className="rounded-lg border border-line p-3">
            <TogetherItem request={request} result={results.get(request.id)} />
          </li>
        ))}
      </ul>
      {verb === 'deny' && deciding.isIdle && (
        <div className="mb-4">
          <TextField
            label="Why, if you want to say"
            value={reason}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <div className="flex justify-end gap-2">
        {deciding.isIdle && <Button onClick={close}>Cancel</Button>}
        {deciding.isPending && <Button onClick={stop}>Stop after this one</Button>}
        {deciding.isSuccess ? (
          <Button look="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <Button
            look={verb === 'approve' ? 'primary' : 'danger'}
            busy={deciding.isPending}
            onClick={() => deciding.mutate()}
          >
            {name} all {requests.length}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

interface TogetherItemProps {
  readonly request: Invocation;
  readonly result: Result | undefined;
}

/** One of them: what, of which source, for whom, and what came of it. */
function TogetherItem({ request, result }: TogetherItemProps) {
  const { sourceId, sessionId, actionId, riskLevel } = request;
  const sourceName = useSourceName()(sourceId);
  const name = sessionName(sessionId, useSessionName()(sessionId));
  return (
    <>
      <div className="flex items-start justify-between gap-2">
        <span className="min-w-0 font-medium break-words">
          <span className="text-muted">
            <Text value={sourceName} />{' '}
          </span>
          <Text value={actionId} />
        </span>
        <RiskBadge risk={riskLevel} />
      </div>
      <p className="mb-2 text-sm text-muted">
        <Text value={name} />
      </p>
      <ParamsView invocation={request} />
      {result !== undefined && <ResultLine result={result} />}
    </>
  );
}

function ResultLine({ result }: { readonly result: Result }) {
  const isBad = result instanceof Error || result === 'ran, and failed';
  return (
    <p role="status" className={`mt-2 text-sm ${isBad ? 'text-danger' : 'text-muted'}`}>
      <Text value={result instanceof Error ? result.message : result} />
    </p>
  );
}
