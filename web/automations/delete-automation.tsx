import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Automation } from '../../src/contract/automations.ts';
import { automationsQuery, deleteAutomation } from '../api/automations.ts';
import { sessionsQuery } from '../api/sessions.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Text } from '../ui/text.tsx';
import { visible } from '../ui/visible.ts';

interface DeleteAutomationProps {
  readonly automation: Automation;
  readonly close: () => void;
}

export function DeleteAutomation({ automation: { id, name }, close }: DeleteAutomationProps) {
  const client = useQueryClient();
  const router = useRouter();
  const deleting = useMutation({
    mutationFn: () => deleteAutomation(id),
    onSuccess: async () => {
      announce(`${visible(name)} is deleted.`);
      // Whoever has gone elsewhere meanwhile stays there.
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
