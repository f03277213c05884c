import { useQuery } from '@tanstack/react-query';
import { secretsQuery } from '../api/settings.ts';
import { SecretField, SelectField, TextField } from '../ui/field.tsx';
import { ErrorNote } from '../ui/states.tsx';
import type { ConnectorFields } from './connector-fields.ts';

interface AuthFieldsProps {
  readonly fields: ConnectorFields;
  readonly change: (changed: Partial<ConnectorFields>) => void;
  /** The value of a new secret, while it is typed. */
  readonly typeSecret: (value: string) => void;
}

/** How the gateway shows itself to a server. */
export function AuthFields({ fields, change, typeSecret }: AuthFieldsProps) {
  const isLocal = fields.transport === 'stdio';
  return (
    <>
      <SelectField
        label="Secret"
        value={fields.auth}
        onChange={({ target }) => change({ auth: authOf(target.value) })}
      >
        <option value="none">None</option>
        {!isLocal && <option value="bearer">As a bearer token</option>}
        <option value="header">{isLocal ? 'In an environment variable' : 'In a header of its own'}</option>
      </SelectField>
      {fields.auth === 'header' && (
        <TextField
          label={isLocal ? "The variable's name" : "The header's name"}
          required
          autoCapitalize="none"
          spellCheck={false}
          value={fields.header}
          onChange={({ target }) => change({ header: target.value })}
        />
      )}
      {fields.auth !== 'none' && <SecretChoice {...{ fields, change, typeSecret }} />}
    </>
  );
}

const auths = ['none', 'bearer', 'header'] as const;

function authOf(value: string): ConnectorFields['auth'] {
  return auths.find((auth) => auth === value) ?? 'none';
}

/** A secret that is there, by its key, or a new one. */
function SecretChoice({ fields, change, typeSecret }: AuthFieldsProps) {
  const { data = [], error, refetch } = useQuery(secretsQuery);
  const keys = data.map(({ key }) => key);
  // What a connector names may have been deleted; the form does not choose another by itself.
  const missing = fields.secretKey !== '' && !keys.includes(fields.secretKey);
  return (
    <>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      <SelectField
        label="Which secret"
        value={fields.secretKey}
        onChange={({ target }) => change({ secretKey: target.value })}
      >
        <option value="">A new one</option>
        {missing && <option value={fields.secretKey}>{fields.secretKey}</option>}
        {keys.map((key) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </SelectField>
      {fields.secretKey === '' && (
        <>
          <TextField
            label="Its key"
            hint="What it is called by, like DOCS_TOKEN."
            required
            autoCapitalize="none"
            spellCheck={false}
            autoComplete="off"
            value={fields.newKey}
            onChange={({ target }) => change({ newKey: target.value })}
          />
          <SecretField label="Its value" hint="Kept encrypted, and not shown again." change={typeSecret} />
        </>
      )}
    </>
  );
}
