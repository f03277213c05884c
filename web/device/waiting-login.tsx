import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type DeviceDecision, decideDeviceLogin, waitingLoginQuery } from '../api/device.ts';
import { useMe } from '../api/me.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Section } from '../ui/page.tsx';
import { ErrorNote, Loading, Note } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';

/** Says who waits under a code, and lets them in or refuses them. */
export function WaitingLogin({ code }: { readonly code: string }) {
  const { data, error } = useQuery(waitingLoginQuery(code));
  const deciding = useMutation({
    mutationFn: (decision: DeviceDecision) => decideDeviceLogin(code, decision),
  });
  if (deciding.isSuccess) return <Outcome decision={deciding.variables} />;
  return (
    <Section title={`The command line with the code ${code}`}>
      <div className="flex flex-col gap-4">
        {error !== null && <ErrorNote error={error} />}
        {error === null && data === undefined && <Loading lines={2} />}
        {data !== undefined && (
          <>
            <Facts
              facts={[
                ['From', <Text value={data.address === '' ? 'an unknown address' : data.address} />],
                ['Calls itself', <Text value={data.userAgent === '' ? 'nothing' : data.userAgent} />],
                ['Waits since', <Ago at={data.since} />],
              ]}
            />
            <Warning />
          </>
        )}
        {deciding.error !== null && <ErrorNote error={deciding.error} />}
        {data !== undefined && <Decision busy={deciding.isPending} decide={deciding.mutate} />}
        <AnotherCode />
      </div>
    </Section>
  );
}

/** Who sends somebody a link to this page wants to be let in as them (RFC 8628, section 5.4). */
function Warning() {
  const { user } = useMe();
  return (
    <Note tone="warn">
      Let it in only if you have just begun this yourself, and your command line shows this code: it gets a
      token, and with that can do what <Text value={user.email} /> can. Deny what anybody has sent you.
    </Note>
  );
}

interface DecisionProps {
  readonly busy: boolean;
  readonly decide: (decision: DeviceDecision) => void;
}

function Decision({ busy, decide }: DecisionProps) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button look="danger" busy={busy} onClick={() => decide('deny')}>
        Deny
      </Button>
      <Button look="primary" busy={busy} onClick={() => decide('approve')}>
        Let it in
      </Button>
    </div>
  );
}

function AnotherCode() {
  return (
    <p>
      <Link to="/device" search={{}} className="text-sm text-accent underline-offset-2 hover:underline">
        Type another code
      </Link>
    </p>
  );
}

const outcomes: Readonly<Record<DeviceDecision, { readonly title: string; readonly says: string }>> = {
  approve: {
    title: 'The command line is let in',
    says: 'Go back to it: it goes on by itself. Its token is under Settings, where you can revoke it.',
  },
  deny: { title: 'Denied', says: 'Nobody was let in.' },
};

function Outcome({ decision }: { readonly decision: DeviceDecision }) {
  const { title, says } = outcomes[decision];
  const words = useRef<HTMLParagraphElement>(null);
  // The buttons are gone, and the keyboard and who hears the page go on here.
  useEffect(() => words.current?.focus(), []);
  return (
    <Section title={title}>
      <p ref={words} tabIndex={-1} role="status" className="outline-none">
        {says}
      </p>
      <Link to="/settings/$part" params={{ part: 'you' }} className={`mt-4 ${buttonClass()}`}>
        Show the settings
      </Link>
    </Section>
  );
}
