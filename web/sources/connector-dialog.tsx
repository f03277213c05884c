import { useState } from 'react';
import type { Connector } from '../../src/contract/connectors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ConnectorForm } from './connector-form.tsx';
import { FirstLook } from './first-look.tsx';

interface ConnectorDialogProps {
  /** The one to change; without it, one is added. */
  readonly connector?: Connector;
  readonly open: boolean;
  readonly close: () => void;
}

/** Adds an MCP server, or changes one; then asks it for its tools, so that what does not work is told at once. */
export function ConnectorDialog({ connector, open, close }: ConnectorDialogProps) {
  const [saved, setSaved] = useState<Connector>();
  const leave = () => {
    setSaved(undefined);
    close();
  };
  const verb = connector === undefined ? 'Add' : 'Edit';
  return (
    <Dialog title={`${verb} an MCP server`} open={open} close={leave}>
      {saved === undefined ? (
        <ConnectorForm connector={connector} saved={setSaved} cancel={leave} />
      ) : (
        <div className="flex flex-col gap-4">
          <FirstLook connector={saved} />
          <Button look="primary" className="self-end" onClick={leave}>
            Done
          </Button>
        </div>
      )}
    </Dialog>
  );
}
