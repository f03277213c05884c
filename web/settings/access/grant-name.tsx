import type { Grant } from '../../../src/contract/ways-in.ts';
import { useMe } from '../../api/me.ts';
import { Text } from '../../ui/text.tsx';
import { kindWords, nameOf } from './grant-words.ts';

/** A right as a sentence names it: `the token laptop`. */
export function GrantName({ grant }: { readonly grant: Grant }) {
  const name = nameOf(grant, useProvider());
  const { noun, unnamed } = kindWords[grant.kind];
  return (
    <>
      {name === undefined ? (
        unnamed
      ) : (
        <>
          {noun} <Text value={name} />
        </>
      )}
      {grant.isCurrent && ' (this browser)'}
    </>
  );
}

/** What the gateway's single sign-on is called, where it has one. */
export function useProvider(): string | undefined {
  return useMe().signIn.oidc?.name;
}
