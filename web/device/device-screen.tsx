import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Page, Section } from '../ui/page.tsx';
import { userCodeIn } from './user-code.ts';
import { WaitingLogin } from './waiting-login.tsx';

const route = getRouteApi('/device');

/** Where a person lets a command line in that asks for it (RFC 8628). */
export function DeviceScreen() {
  const { user_code: code } = route.useSearch();
  return (
    <Page
      title="Let a command line in"
      intro={
        <>
          <code>assent login</code> shows a code, and waits until somebody who is signed in says that it is
          theirs.
        </>
      }
    >
      <div className="max-w-xl">
        {code === undefined ? <AskForCode /> : <WaitingLogin key={code} code={code} />}
      </div>
    </Page>
  );
}

function AskForCode() {
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = userCodeIn(typed);
    setFault(code === undefined ? 'This is no code: one has eight letters, like BCDF-GHJK.' : undefined);
    if (code !== undefined) void navigate({ search: { user_code: code } });
  };
  return (
    <Section title="Which one?">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Code"
          hint="As your command line shows it."
          error={fault}
          required
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="font-mono uppercase"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <div className="flex justify-end">
          <Button look="primary" type="submit">
            Go on
          </Button>
        </div>
      </form>
    </Section>
  );
}
