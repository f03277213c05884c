import { useQuery } from '@tanstack/react-query';
import { useMe } from '../../api/me.ts';
import { waysInQuery } from '../../api/ways-in.ts';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Text } from '../../ui/text.tsx';
import { BrowsersSection } from '../access/browsers-section.tsx';
import { OthersSection } from '../access/others-section.tsx';
import { TokensSection } from '../tokens/tokens-section.tsx';
import { RecoveryNote } from './recovery-note.tsx';
import { SignInSection } from './sign-in-section.tsx';

/** Who is signed in, and everything that gives access as them. */
export function YouPart() {
  const { user, organization, signIn } = useMe();
  const { data: all, error, refetch } = useQuery(waysInQuery);
  return (
    <>
      {signIn.isRecovery && (
        <div className="mb-6">
          <RecoveryNote />
        </div>
      )}
      <Section title="You">
        <Facts
          facts={[
            ['Name', <Text value={user.name} />],
            ['E-mail', <Text value={user.email} />],
            [
              'Role',
              <>
                {user.role} of <Text value={organization.name} />
              </>,
            ],
          ]}
        />
      </Section>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {error === null && all === undefined && <Loading />}
      {all !== undefined && (
        <>
          <SignInSection all={all} />
          <BrowsersSection all={all} />
          <TokensSection all={all} />
          <OthersSection all={all} />
        </>
      )}
    </>
  );
}
