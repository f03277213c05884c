import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Token } from '../../../src/contract/tokens.ts';
import { scopes as allScopes, type Scope } from '../../../src/shared/user-tokens.ts';
import { createToken } from '../../api/settings.ts';
import { useShownOnce } from '../../api/use-shown-once.ts';
import { afterWaysIn } from '../../api/ways-in.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { ShownOnceDialog } from '../../ui/shown-once.tsx';
import { Ago } from '../../ui/time.tsx';
import { ScopeChoice } from './scope-choice.tsx';

const day = 24 * 3600;
const forEver = 'for ever';
/** Seconds, as a list of choices has them. */
const lengths = [
  { value: String(day), name: '1 day' },
  { value: String(30 * day), name: '30 days' },
  { value: String(90 * day), name: '90 days' },
  { value: String(365 * day), name: '1 year' },
  { value: forEver, name: 'until it is revoked' },
] as const;

export function NewToken({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [length, setLength] = useState<string>(lengths[2].value);
  const [scopes, setScopes] = useState<readonly Scope[]>(allScopes);
  const making = useShownOnce(
    () => createToken(name, scopes, length === forEver ? null : Number(length)),
    () => afterWaysIn(client),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.ask();
  };
  if (making.answer !== undefined) return <TokenValue {...making.answer} close={close} />;
  return (
    <Dialog title="Create a token" open close={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          hint="Where it will be used, like “build server”."
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <SelectField label="Works for" value={length} onChange={({ target }) => setLength(target.value)}>
          {lengths.map((one) => (
            <option key={one.value} value={one.value}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <ScopeChoice chosen={scopes} change={setScopes} />
        <FormEnd verb="Create" busy={making.isPending} error={making.error} cancel={close} />
      </form>
    </Dialog>
  );
}

interface TokenValueProps {
  readonly token: Token;
  readonly value: string;
  readonly close: () => void;
}

function TokenValue({ token, value, close }: TokenValueProps) {
  return (
    <ShownOnceDialog
      title="The token is made"
      label="Token"
      value={value}
      copyLabel="Copy the token"
      close={close}
    >
      It is shown this once, {allows(token)}, and{' '}
      {token.expiresAt === null ? (
        'works until it is revoked'
      ) : (
        <>
          ends <Ago at={token.expiresAt} />
        </>
      )}
      . Give it to no agent. The command line takes it as <code>ASSENT_USER_TOKEN</code>, with this gateway’s
      address as <code>ASSENT_GATEWAY_URL</code>.
    </ShownOnceDialog>
  );
}

function allows({ scopes }: Token): string {
  if (scopes.length === allScopes.length) return 'lets whoever has it do all that you can';
  return `is for ${new Intl.ListFormat('en').format(scopes)}`;
}
