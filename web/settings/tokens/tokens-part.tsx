import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Token } from '../../../src/contract/tokens.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { revokeToken, tokensQuery } from '../../api/settings.ts';
import { announce } from '../../ui/announce.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago, useNow } from '../../ui/time.tsx';
import { NewToken } from './new-token.tsx';
import { stateOf, states } from './token-state.ts';

/** One's own keys to the gateway, for the command line and scripts. */
export function TokensPart() {
  const [isMaking, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<Token>();
  const [showsEnded, setShowsEnded] = useState(false);
  const { data, error, refetch } = useQuery(tokensQuery);
  const now = useNow(1000);
  const working = data?.filter((token) => stateOf(token, now) === 'works') ?? [];
  const ended = (data?.length ?? 0) - working.length;
  return (
    <Section
      title="API tokens"
      intro="For the command line and scripts, which act as you with them. Agents get sessions instead."
      actions={
        <Button look="primary" onClick={() => setMaking(true)}>
          <Plus aria-hidden className="size-4" /> Create a token
        </Button>
      }
    >
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data !== undefined && <TokenList tokens={showsEnded ? data : working} now={now} revoke={setRevoked} />}
      {ended > 0 && (
        <Button
          look="quiet"
          className="mt-3 -ml-4"
          aria-expanded={showsEnded}
          onClick={() => setShowsEnded(!showsEnded)}
        >
          {showsEnded
            ? 'Hide those that have ended'
            : `Show ${ended} that ${ended === 1 ? 'has' : 'have'} ended`}
        </Button>
      )}
      {isMaking && <NewToken close={() => setMaking(false)} />}
      {revoked && <RevokeToken token={revoked} close={() => setRevoked(undefined)} />}
    </Section>
  );
}

interface TokenListProps {
  readonly tokens: readonly Token[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly revoke: (token: Token) => void;
}

function TokenList({ tokens, now, revoke }: TokenListProps) {
  if (tokens.length === 0) return <p className="text-sm text-muted">You have no token that works.</p>;
  return (
    <Rows label="API tokens">
      {tokens.map((token) => {
        const state = stateOf(token, now);
        return (
          <Row
            key={token.id}
            title={<Text value={token.name} />}
            badges={<Badge tone={states[state].tone}>{states[state].word}</Badge>}
            actions={
              state === 'works' && (
                <Button
                  look="danger"
                  aria-label={`Revoke ${visibleName(token.name)}`}
                  onClick={() => revoke(token)}
                >
                  Revoke
                </Button>
              )
            }
          >
            <Life token={token} />
          </Row>
        );
      })}
    </Rows>
  );
}

function Life({ token: { createdAt, expiresAt, revokedAt } }: { readonly token: Token }) {
  return (
    <>
      Created <Ago at={createdAt} />
      {revokedAt !== null && (
        <>
          , revoked <Ago at={revokedAt} />
        </>
      )}
      {revokedAt === null && expiresAt !== null && (
        <>
          , ends <Ago at={expiresAt} />
        </>
      )}
      {revokedAt === null && expiresAt === null && ', works until it is revoked'}
    </>
  );
}

interface RevokeTokenProps {
  readonly token: Token;
  readonly close: () => void;
}

function RevokeToken({ token, close }: RevokeTokenProps) {
  const client = useQueryClient();
  const name = visibleName(token.name);
  const revoking = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      announce(`Revoked ${name}.`);
    },
  });
  return (
    <Confirm title={`Revoke ${name}?`} verb="Revoke" close={close} mutation={revoking}>
      Whatever uses it is refused from then on. This cannot be taken back; a new token can be created.
    </Confirm>
  );
}
