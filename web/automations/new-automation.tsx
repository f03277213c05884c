import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { automationsQuery, createAutomation } from '../api/automations.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { ErrorNote } from '../ui/states.tsx';

interface NewAutomationProps {
  readonly open: boolean;
  readonly close: () => void;
}

/** Names an automation, and leads to it: setting its modes comes next. */
export function NewAutomation({ open, close }: NewAutomationProps) {
  return (
    <Dialog title="New automation" open={open} close={close}>
      <NameForm close={close} />
    </Dialog>
  );
}

function NameForm({ close }: { readonly close: () => void }) {
  const [name, setName] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const creating = useMutation({
    mutationFn: () => createAutomation(name),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: automationsQuery.queryKey });
      close();
      await navigate({ to: '/automations/$id', params: { id } });
    },
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        creating.mutate();
      }}
    >
      <TextField
        label="Name"
        hint="What the job is, like nightly triage."
        required
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      {creating.error !== null && <ErrorNote error={creating.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" look="primary" busy={creating.isPending}>
          Create
        </Button>
      </div>
    </form>
  );
}
