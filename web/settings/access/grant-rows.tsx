import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Grant, GrantKind } from '../../../src/contract/ways-in.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { EndDialog } from './end-dialog.tsx';
import { GrantName, useProvider } from './grant-name.tsx';
import { kindWords, methodWords, titleOf } from './grant-words.ts';

interface GrantRowsProps {
  /** What they are, for people who cannot see the heading. */
  readonly label: string;
  readonly grants: readonly Grant[];
  /** All that the person has, for what each came from. */
  readonly all: readonly Grant[];
  /** What stands in their place where there is none. */
  readonly empty: string;
  /** What else can be done with one of a kind. */
  readonly actions?: Readonly<Partial<Record<GrantKind, ReactNode>>>;
}

/** Without being asked for more. */
const mostShown = 10;

/** Rights of one kind: what each is, what it came from, and its end. */
export function GrantRows({ label, grants, all, empty, actions }: GrantRowsProps) {
  const [isOpen, setOpen] = useState(false);
  const [ended, setEnded] = useState<Grant>();
  if (grants.length === 0) return <p className="text-sm text-muted">{empty}</p>;
  return (
    <>
      <Rows label={label}>
        {(isOpen ? grants : grants.slice(0, mostShown)).map((grant) => (
          <GrantRow key={grant.id} grant={grant} all={all} end={setEnded} actions={actions?.[grant.kind]} />
        ))}
      </Rows>
      {grants.length > mostShown && (
        <Button look="quiet" className="mt-3 -ml-4" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `Show all ${grants.length}`}
        </Button>
      )}
      {ended && <EndDialog grant={ended} close={() => setEnded(undefined)} />}
    </>
  );
}

interface GrantRowProps {
  readonly grant: Grant;
  readonly all: readonly Grant[];
  readonly end: (grant: Grant) => void;
  readonly actions: ReactNode;
}

function GrantRow({ grant, all, end, actions }: GrantRowProps) {
  const title = titleOf(grant, useProvider());
  const { verb } = kindWords[grant.kind];
  return (
    <Row
      title={<Title grant={grant} title={title} />}
      badges={grant.isCurrent && <Badge tone="good">this browser</Badge>}
      actions={
        <>
          {actions}
          <Button
            look="danger"
            aria-label={`${verb} ${visibleName(title)}${grant.isCurrent ? ', this browser' : ''}`}
            onClick={() => end(grant)}
          >
            {verb}
          </Button>
        </>
      }
    >
      <Life grant={grant} />
      <Origin grant={grant} all={all} />
    </Row>
  );
}

function Title({ grant: { kind, id, name }, title }: { readonly grant: Grant; readonly title: string }) {
  if (kind === 'agent_session')
    return (
      <Link to="/sessions/$id" params={{ id }} className="underline-offset-2 hover:underline">
        <Text value={title} />
      </Link>
    );
  const isOurs = name === null && kind !== 'browser_session' && kind !== 'provider_account';
  return isOurs ? title.charAt(0).toUpperCase() + title.slice(1) : <Text value={title} />;
}

/** Since when, till when, how and from where. */
function Life({ grant }: { readonly grant: Grant }) {
  const { method, address, createdAt, lastUsedAt, expiresAt } = grant;
  const provider = useProvider();
  return (
    <p>
      {method === null ? 'Since ' : `Signed in ${methodWords[method](provider)} `}
      <Ago at={createdAt} />
      {address !== null && address !== '' && (
        <>
          {', from '}
          <Text value={address} />
        </>
      )}
      {lastUsedAt !== null && (
        <>
          {', last used '}
          <Ago at={lastUsedAt} />
        </>
      )}
      {expiresAt !== null && (
        <>
          {', ends '}
          <Ago at={expiresAt} />
        </>
      )}
    </p>
  );
}

function Origin({ grant: { cameFrom }, all }: { readonly grant: Grant; readonly all: readonly Grant[] }) {
  const origin = all.find(({ id }) => id === cameFrom);
  if (origin === undefined) return undefined;
  return (
    <p>
      Came from <GrantName grant={origin} />
    </p>
  );
}
