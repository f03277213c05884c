import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Connector } from '../../src/contract/connectors.ts';
import type { RiskLevel } from '../../src/contract/modes.ts';
import { secretsQuery, setSecret } from '../api/settings.ts';
import { addConnector, afterSourceChange, changeConnector } from '../api/sources.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { risks } from '../ui/words.ts';
import { AuthFields } from './auth-fields.tsx';
import { bodyOf, type ConnectorFields, fieldsOf } from './connector-fields.ts';
import { MoreFields } from './more-fields.tsx';
import { TransportFields } from './transport-fields.tsx';

interface ConnectorFormProps {
  readonly connector: Connector | undefined;
  readonly saved: (connector: Connector) => void;
  readonly cancel: () => void;
}

export function ConnectorForm({ connector, saved, cancel }: ConnectorFormProps) {
  const [fields, setFields] = useState(() => fieldsOf(connector));
  const [secret, typeSecret] = useState('');
  const change = (changed: Partial<ConnectorFields>) => setFields((before) => ({ ...before, ...changed }));
  const stored = (secretKey: string) => {
    change({ secretKey, newKey: '' });
    typeSecret('');
  };
  const saving = useSave({ connector, fields, secret, stored, saved });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextField
        label="Name"
        hint="What its actions are called by, like docs."
        required
        maxLength={100}
        value={fields.name}
        onChange={({ target }) => change({ name: target.value })}
      />
      <TransportFields fields={fields} change={setFields} />
      <AuthFields fields={fields} change={change} typeSecret={typeSecret} />
      <SelectField
        label="Default risk"
        hint="For tools whose server says nothing of how dangerous they are."
        value={fields.defaultRisk}
        onChange={({ target }) => change({ defaultRisk: riskOf(target.value) })}
      >
        <option value="">Write, as nothing else is known</option>
        <Risks />
      </SelectField>
      <MoreFields fields={fields} change={change} />
      <FormEnd
        verb={connector === undefined ? 'Add' : 'Save'}
        busy={saving.isPending}
        error={saving.error}
        cancel={cancel}
      />
    </form>
  );
}

const levels = ['read', 'write', 'danger'] as const;

function Risks(): ReactNode {
  return levels.map((level) => (
    <option key={level} value={level}>
      {risks[level].word}
    </option>
  ));
}

function riskOf(value: string): RiskLevel | '' {
  return levels.find((level) => level === value) ?? '';
}

interface Save {
  readonly connector: Connector | undefined;
  readonly fields: ConnectorFields;
  readonly secret: string;
  /** The new secret is with the gateway: it is one of those that are there. */
  readonly stored: (key: string) => void;
  readonly saved: (connector: Connector) => void;
}

/** First the secret, where a new one was typed, then the connector that names it. */
function useSave({ connector, fields, secret, stored, saved }: Save) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const body = bodyOf(fields);
      if (body.auth.type !== 'none' && fields.secretKey === '') {
        await storeNew(body.auth.secretKey);
        stored(body.auth.secretKey);
      }
      return connector === undefined
        ? addConnector({ ...body, enabled: true })
        : changeConnector(connector.id, body);
    },
    onSuccess: async (answer) => {
      await afterSourceChange(client, answer.sourceId);
      saved(answer);
    },
    gcTime: 0,
  });

  /** A key that is taken belongs to something else that works: it is not overwritten in passing. */
  async function storeNew(key: string): Promise<void> {
    const known = await client.fetchQuery({ ...secretsQuery, staleTime: 0 });
    if (known.some((one) => one.key === key))
      throw new Error(`There is a secret "${key}" already. Choose it from the list, or write another key.`);
    await setSecret(key, secret);
    await client.invalidateQueries({ queryKey: secretsQuery.queryKey });
  }
}
