import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, Workflow } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Automation } from '../../src/contract/automations.ts';
import { useMe } from '../api/me.ts';
import { automationsQuery, createAutomation, sessionsQuery } from '../api/sessions.ts';
import { stateOf } from '../sessions/session-state.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, ErrorNote, Loading } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { Ago, useNow } from '../ui/time.tsx';
import { counted } from '../ui/words.ts';

/** Standing jobs whose sessions have modes of their own. */
export function AutomationsScreen() {
  const { isAdmin } = useMe();
  const [isNaming, setNaming] = useState(false);
  const asked = useQuery(automationsQuery);
  return (
    <Page
      title="Automations"
      intro="A standing job that sessions belong to. It can have modes of its own, which then hold for its sessions alone."
      actions={
        isAdmin ? (
          <Button look="primary" onClick={() => setNaming(true)}>
            <Plus aria-hidden className="size-4" /> New automation
          </Button>
        ) : undefined
      }
    >
      {asked.isPending && <Loading label="Asking which automations there are" />}
      {asked.error !== null && <ErrorNote error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data !== undefined && <AutomationList automations={asked.data} />}
      {isNaming && <NewAutomation close={() => setNaming(false)} />}
    </Page>
  );
}

function AutomationList({ automations }: { readonly automations: readonly Automation[] }) {
  const { isAdmin } = useMe();
  if (automations.length === 0)
    return (
      <Empty icon={Workflow} title="There are no automations yet">
        {isAdmin
          ? 'Create one, and open sessions for it: the modes that you set for it hold for them, and for no others.'
          : 'Once an admin has created one, you can open sessions for it: the modes that are set for it hold for them, and for no others.'}
      </Empty>
    );
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-card">
      {automations.map((automation) => (
        <AutomationItem key={automation.id} automation={automation} />
      ))}
    </ul>
  );
}

function AutomationItem({ automation: { id, name, createdAt } }: { readonly automation: Automation }) {
  const live = useLiveSessions(id);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-0.5 px-4 py-3 md:px-5">
      <Link
        to="/automations/$id"
        params={{ id }}
        className="min-w-0 py-1.5 font-medium [overflow-wrap:anywhere] underline-offset-2 hover:underline"
      >
        <Text value={name} />
      </Link>
      <p className="text-sm text-muted">
        {live !== undefined && <>{live === 0 ? 'No live session' : counted(live, 'live session')} · </>}
        created <Ago at={createdAt} />
      </p>
    </li>
  );
}

/** How many of its sessions live; `undefined` where that is not known. */
function useLiveSessions(automationId: string): number | undefined {
  const now = useNow(10_000);
  const { data } = useQuery(sessionsQuery);
  return data?.filter((one) => one.automationId === automationId && stateOf(one, now) === 'live').length;
}

/** Names an automation, and leads to it: setting its modes comes next. */
function NewAutomation({ close }: { readonly close: () => void }) {
  const [name, setName] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const creating = useMutation({
    mutationFn: () => createAutomation(name),
    onSuccess: () => client.invalidateQueries({ queryKey: automationsQuery.queryKey }),
  });
  const show = ({ id }: Automation) => {
    close();
    void navigate({ to: '/automations/$id', params: { id } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creating.mutate(undefined, { onSuccess: show });
  };
  return (
    <Dialog title="New automation" open close={close}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <TextField
          label="Name"
          hint="What the job is, like nightly triage."
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <FormEnd verb="Create" busy={creating.isPending} error={creating.error} cancel={close} />
      </form>
    </Dialog>
  );
}
