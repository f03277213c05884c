import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Token } from '../../../src/contract/tokens.ts';
import { tokensQuery } from '../../api/tokens.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { useNow } from '../../ui/use-now.ts';
import { NewToken } from './new-token.tsx';
import { RevokeToken } from './revoke-token.tsx';
import { TokenList } from './token-list.tsx';
import { stateOf } from './token-state.ts';

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
