import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { useState } from 'react';
import type { Automation } from '../../src/contract/automations.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { useMe } from '../api/me.ts';
import { automationsQuery, deleteAutomation, sessionsQuery } from '../api/sessions.ts';
import { announce } from '../ui/announce.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, ErrorNote, Loading } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { AutomationModes } from './automation-modes.tsx';
import { AutomationSessions } from './automation-sessions.tsx';

/** One automation: its sessions, and what holds for them. */
export function AutomationScreen() {
  const { id } = useParams({ from: '/automations/$id' });
  const asked = useQuery(automationsQuery);
  const automation = asked.data?.find((one) => one.id === id);
  // Another automation has searches and dialogs of its own.
  if (automation !== undefined) return <Shown key={id} automation={automation} />;
  return (
    <Page title="Automation">
      {asked.isPending && <Loading />}
      {asked.error !== null && <ErrorNote error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data !== undefined && (
        <Empty icon={Workflow} title="There is no such automation">
          It may have been deleted, or belong to another organization.
          <p className="mt-3">
            <Link to="/automations" className={buttonClass()}>
              Show all automations
            </Link>
          </p>
        </Empty>
      )}
    </Page>
  );
}

function Shown({ automation }: { readonly automation: Automation }) {
  const { isAdmin } = useMe();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <Page
      title={visibleName(automation.name)}
      intro={
        <>
          An automation, created <Ago at={automation.createdAt} />. What is set here holds for its sessions
          alone.{!isAdmin && ' An admin can change it.'}
        </>
      }
      actions={
        isAdmin ? (
          <Button look="danger" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        ) : undefined
      }
    >
      <AutomationSessions automationId={automation.id} />
      <AutomationModes automationId={automation.id} />
      {isDeleting && <DeleteAutomation automation={automation} close={() => setDeleting(false)} />}
    </Page>
  );
}

interface DeleteAutomationProps {
  readonly automation: Automation;
  readonly close: () => void;
}

function DeleteAutomation({ automation: { id, name }, close }: DeleteAutomationProps) {
  const client = useQueryClient();
  const router = useRouter();
  const deleting = useMutation({
    mutationFn: () => deleteAutomation(id),
    onSuccess: async () => {
      announce(`${visibleName(name)} is deleted.`);
      // A person who has opened another screen meanwhile stays there.
      if (router.matchRoute({ to: '/automations/$id', params: { id } }) !== false)
        await router.navigate({ to: '/automations', replace: true });
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey });
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <Confirm title="Delete this automation?" verb="Delete" close={close} mutation={deleting}>
      <p>
        What is set for <Text value={name} /> goes with it. Its sessions live on, and fall back on the
        organization’s modes.
      </p>
    </Confirm>
  );
}
