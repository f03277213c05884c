import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Connector } from '../../src/contract/connectors.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { afterSourceChange, changeConnector, sourceOfferQuery } from '../api/sources.ts';
import { announce } from '../ui/announce.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import { ConnectorDialog } from './connector-dialog.tsx';
import { Control } from './control.tsx';
import { RemoveConnector } from './remove-connector.tsx';

/** What can be done with an MCP server: ask it, change it, switch it off or on, remove it. */
export function ConnectorControls({ connector }: { readonly connector: Connector }) {
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const trying = useTry(connector);
  const switching = useSwitch(connector);
  const name = visibleName(connector.name);
  const close = () => setOpen(undefined);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {connector.enabled && (
          <Control verb="Try" name={name} busy={trying.isPending} act={() => trying.mutate()} />
        )}
        <Control verb="Edit" name={name} act={() => setOpen('edit')} />
        <Control
          verb={connector.enabled ? 'Disable' : 'Enable'}
          name={name}
          busy={switching.isPending}
          act={() => switching.mutate()}
        />
        <Control verb="Remove" name={name} isFinal act={() => setOpen('remove')} />
      </div>
      {switching.error !== null && <ErrorNote error={switching.error} />}
      {open === 'edit' && <ConnectorDialog connector={connector} close={close} />}
      {open === 'remove' && <RemoveConnector connector={connector} close={close} />}
    </div>
  );
}

/** Asks the server for its tools. Where it does not answer, its card says why. */
function useTry({ sourceId, name }: Connector) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => client.fetchQuery({ ...sourceOfferQuery(sourceId), staleTime: 0 }),
    onSuccess: ({ actions }) =>
      announce(`${visibleName(name)} answers, with ${counted(actions.length, 'tool')}.`),
    onError: () => announce(`${visibleName(name)} cannot be used: its card says why.`, 'bad'),
  });
}

function useSwitch({ id, sourceId, enabled }: Connector) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => changeConnector(id, { enabled: !enabled }),
    onSuccess: (changed) => {
      announce(`${visibleName(changed.name)} is ${changed.enabled ? 'enabled' : 'disabled'}.`);
      return afterSourceChange(client, sourceId);
    },
  });
}
