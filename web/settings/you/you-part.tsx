import { useMe } from '../../api/me.ts';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/page.tsx';
import { Text } from '../../ui/text.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SingleSignOnSection } from './single-sign-on-section.tsx';

/** Who is signed in, and by what. */
export function YouPart() {
  const { user, organization, signIn } = useMe();
  return (
    <>
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
      <PasswordSection hasPassword={signIn.hasPassword} />
      <PasskeysSection passkeys={signIn.passkeys} />
      {signIn.oidc !== null && <SingleSignOnSection {...signIn.oidc} />}
    </>
  );
}
