import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Connector } from '../../src/contract/connectors.ts';
import { afterSourceChange, removeConnector } from '../api/connectors.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Text } from '../ui/text.tsx';
import { visible } from '../ui/visible.ts';

interface RemoveConnectorProps {
  readonly connector: Connector;
  readonly open: boolean;
  readonly close: () => void;
}

export function RemoveConnector({ connector, open, close }: RemoveConnectorProps) {
  const client = useQueryClient();
  const { id, name, sourceId } = connector;
  const removing = useMutation({
    mutationFn: () => removeConnector(id),
    onSuccess: async () => {
      announce(`${visible(name)} is removed.`);
      await afterSourceChange(client, sourceId);
      close();
    },
  });
  return (
    <Confirm title="Remove this MCP server?" verb="Remove" open={open} close={close} mutation={removing}>
      <p>
        The tools of <Text value={name} /> are gone for every agent, and so are their reviews. What was done
        through it stays in the history.
      </p>
    </Confirm>
  );
}
