import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { deny, invocationsKey } from '../api/invocations.ts';
import { useMe } from '../api/me.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { JsonView } from '../ui/json-view.tsx';
import { RiskBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import type { Chosen } from './use-chosen.ts';
import { approvedOrFailed } from './use-decision.ts';

type Verb = 'approve' | 'deny';

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

type Result = 'under way' | 'done' | 'ran, and failed' | Error;

function TogetherDialog({ verb, requests, close }: TogetherDialogProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const put = (id: string, result: Result) => setResults((before) => new Map(before).set(id, result));
  const deciding = useMutation({
    mutationFn: async () => {
      for (const request of requests) {
        put(request.id, 'under way');
        put(request.id, await decideOne(verb, request, reason));
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: invocationsKey }),
  });
  const name = verb === 'approve' ? 'Approve' : 'Deny';
  return (
    <Dialog title={`${name} ${requests.length} requests`} open close={close}>
      <ul className="mb-4 flex flex-col gap-3">
        {requests.map((request) => (
          <li key={request.id} className="rounded-lg border border-line p-3">
            <div className="mb-2 flex items-start justify-between gap-2">
              <span className="min-w-0 font-medium break-words">
                <Text value={request.actionId} />
              </span>
              <RiskBadge risk={request.riskLevel} />
            </div>
            <JsonView value={request.params} />
            <ResultLine result={results.get(request.id)} />
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

async function decideOne(verb: Verb, request: Invocation, reason: string): Promise<Result> {
  try {
    if (verb === 'deny') await deny(request, reason.trim());
    else if ((await approvedOrFailed(request)) === 'failed') return 'ran, and failed';
    return 'done';
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function ResultLine({ result }: { readonly result: Result | undefined }) {
  if (result === undefined) return null;
  const isBad = result instanceof Error || result === 'ran, and failed';
  return (
    <p role="status" className={`mt-2 text-sm ${isBad ? 'text-danger' : 'text-muted'}`}>
      {result instanceof Error ? result.message : result}
    </p>
  );
}
