import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Automation } from '../../src/contract/automations.ts';
import { automationsQuery, createAutomation } from '../api/automations.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { FormEnd } from '../ui/form-end.tsx';

/** Names an automation, and leads to it: setting its modes comes next. */
export function NewAutomation({ close }: { readonly close: () => void }) {
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
