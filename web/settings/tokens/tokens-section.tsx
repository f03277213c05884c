import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Token } from '../../../src/contract/tokens.ts';
import type { Grant } from '../../../src/contract/ways-in.ts';
import { tokensQuery } from '../../api/settings.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago, useNow } from '../../ui/time.tsx';
import { GrantRows } from '../access/grant-rows.tsx';
import { NewToken } from './new-token.tsx';
import { stateOf, states } from './token-state.ts';

/** One's own keys to the gateway, for the command line and scripts. */
export function TokensSection({ all }: { readonly all: readonly Grant[] }) {
  const [isMaking, setMaking] = useState(false);
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
      <GrantRows
        label="API tokens"
        grants={all.filter(({ kind }) => kind === 'user_token')}
        all={all}
        empty="You have no token that works."
      />
      <EndedTokens />
      {isMaking && <NewToken close={() => setMaking(false)} />}
    </Section>
  );
}

function EndedTokens() {
  const [isShown, setShown] = useState(false);
  const now = useNow(1000);
  const { data = [] } = useQuery(tokensQuery);
  const ended = data.filter((token) => stateOf(token, now) !== 'works');
  if (ended.length === 0) return undefined;
  return (
    <>
      <Button look="quiet" className="mt-3 -ml-4" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {isShown
          ? 'Hide those that have ended'
          : `Show ${ended.length} that ${ended.length === 1 ? 'has' : 'have'} ended`}
      </Button>
      {isShown && (
        <div className="mt-3">
          <Rows label="API tokens that have ended">
            {ended.map((token) => (
              <EndedToken key={token.id} token={token} now={now} />
            ))}
          </Rows>
        </div>
      )}
    </>
  );
}

interface EndedTokenProps {
  readonly token: Token;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function EndedToken({ token, now }: EndedTokenProps) {
  const { name, createdAt, expiresAt, revokedAt } = token;
  const { word, tone } = states[stateOf(token, now)];
  const at = revokedAt ?? expiresAt;
  return (
    <Row title={<Text value={name} />} badges={<Badge tone={tone}>{word}</Badge>}>
      Created <Ago at={createdAt} />
      {at !== null && (
        <>
          , ended <Ago at={at} />
        </>
      )}
    </Row>
  );
}
