import { useState } from 'react';
import type { Connector } from '../../src/contract/connectors.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Done } from '../ui/form-end.tsx';
import { ConnectorForm } from './connector-form.tsx';
import { FirstLook } from './first-look.tsx';

interface ConnectorDialogProps {
  /** The one to change; without it, one is added. */
  readonly connector?: Connector;
  readonly close: () => void;
}

/** Adds an MCP server, or changes one; then asks it for its tools, so that what does not work is told at once. */
export function ConnectorDialog({ connector, close }: ConnectorDialogProps) {
  const [saved, setSaved] = useState<Connector>();
  const verb = connector === undefined ? 'Add' : 'Edit';
  return (
    <Dialog title={`${verb} an MCP server`} open close={close}>
      {saved === undefined ? (
        <ConnectorForm connector={connector} saved={setSaved} cancel={close} />
      ) : (
        <div className="flex flex-col gap-4">
          <FirstLook connector={saved} />
          <Done close={close} />
        </div>
      )}
    </Dialog>
  );
}
