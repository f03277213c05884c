import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { connectSingleSignOn, disconnectSingleSignOn, meQuery } from '../../api/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorNote } from '../../ui/states.tsx';

interface SingleSignOnSectionProps {
  readonly name: string;
  readonly isConnected: boolean;
}

export function SingleSignOnSection({ name, isConnected }: SingleSignOnSectionProps) {
  const [isEnding, setEnding] = useState(false);
  const connecting = useMutation({ mutationFn: () => connectSingleSignOn('/settings/you') });
  const provider = visibleName(name);
  return (
    <Section
      title={provider.charAt(0).toUpperCase() + provider.slice(1)}
      intro={
        isConnected
          ? `You can sign in with your account of ${provider}.`
          : `Connect your account of ${provider}, and you can sign in with it.`
      }
      actions={
        <Badge tone={isConnected ? 'good' : 'plain'}>{isConnected ? 'Connected' : 'Not connected'}</Badge>
      }
    >
      {connecting.error !== null && (
        <div className="mb-3">
          <ErrorNote error={connecting.error} />
        </div>
      )}
      {isConnected ? (
        <Button look="danger" aria-label={`Disconnect ${provider}`} onClick={() => setEnding(true)}>
          Disconnect
        </Button>
      ) : (
        <Button
          aria-label={`Connect ${provider}`}
          busy={connecting.isPending}
          onClick={() => connecting.mutate()}
        >
          Connect
        </Button>
      )}
      {isEnding && <Disconnect provider={provider} close={() => setEnding(false)} />}
    </Section>
  );
}

interface DisconnectProps {
  readonly provider: string;
  readonly close: () => void;
}

function Disconnect({ provider, close }: DisconnectProps) {
  const client = useQueryClient();
  const disconnecting = useMutation({
    mutationFn: () => disconnectSingleSignOn(),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  return (
    <Confirm title={`Disconnect ${provider}?`} verb="Disconnect" close={close} mutation={disconnecting}>
      You sign in another way from then on. Where your e-mail address is verified at {provider}, its sign-in
      may still let you in by that.
    </Confirm>
  );
}
