import type { Grant, GrantKind } from '../../../src/contract/ways-in.ts';
import { Section } from '../../ui/page.tsx';
import { GrantRows } from './grant-rows.tsx';

interface Group {
  readonly title: string;
  readonly kinds: readonly GrantKind[];
  readonly empty: string;
}

/** What somebody has given to others or to their agents, and what is under way. */
const groups: readonly Group[] = [
  {
    title: 'Your agents’ sessions',
    kinds: ['agent_session'],
    empty: 'You have opened none that goes on.',
  },
  {
    title: 'Open links and command lines',
    kinds: ['login_link', 'device_code'],
    empty: 'No link of yours is open, and no command line waits for its token.',
  },
  { title: 'Invitations by you', kinds: ['invitation'], empty: 'None is open.' },
];

export function OthersSection({ all }: { readonly all: readonly Grant[] }) {
  return groups.map(({ title, kinds, empty }) => (
    <Section key={title} title={title}>
      <GrantRows
        label={title}
        grants={all.filter(({ kind }) => kinds.includes(kind)).toReversed()}
        all={all}
        empty={empty}
      />
    </Section>
  ));
}
