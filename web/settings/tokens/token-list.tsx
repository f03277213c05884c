import type { Token } from '../../../src/contract/tokens.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { stateOf, states } from './token-state.ts';

interface TokenListProps {
  readonly tokens: readonly Token[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly revoke: (token: Token) => void;
}

export function TokenList({ tokens, now, revoke }: TokenListProps) {
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
                  aria-label={`Revoke ${visible(token.name)}`}
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
