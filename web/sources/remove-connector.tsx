import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Connector } from '../../src/contract/connectors.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { afterSourceChange, removeConnector } from '../api/sources.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Text } from '../ui/text.tsx';

interface RemoveConnectorProps {
  readonly connector: Connector;
  readonly close: () => void;
}

export function RemoveConnector({ connector: { id, name, sourceId }, close }: RemoveConnectorProps) {
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeConnector(id),
    onSuccess: () => {
      announce(`${visibleName(name)} is removed.`);
      return afterSourceChange(client, sourceId);
    },
  });
  return (
    <Confirm title="Remove this MCP server?" verb="Remove" close={close} mutation={removing}>
      <p>
        The tools of <Text value={name} /> are gone for every agent, and so are their reviews. What was done
        through it stays in the history.
      </p>
    </Confirm>
  );
}
