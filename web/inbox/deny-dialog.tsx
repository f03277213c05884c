import { type FormEvent, useState } from 'react';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

interface DenyDialogProps {
  readonly actionId: string;
  readonly open: boolean;
  readonly close: () => void;
  readonly deny: (reason: string) => void;
}

/** Asks why; the agent is told. Enter denies. */
export function DenyDialog({ actionId, open, close, deny }: DenyDialogProps) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    deny(reason.trim());
    setReason('');
  };
  return (
    <Dialog title={`Deny ${visibleName(actionId)}`} open={open} close={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Why, if you want to say"
          hint="The agent reads it, and it stays on record."
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="danger">
            Deny
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
