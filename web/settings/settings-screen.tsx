import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '../api/me.ts';
import { Page } from '../ui/page.tsx';
import { setTitle } from '../ui/title.ts';
import { NoSuchPart } from './no-such-part.tsx';
import { OnlyForAdmins } from './only-for-admins.tsx';
import { contentOf } from './part-contents.tsx';
import { PartLinks } from './part-links.tsx';
import { partCalled, parts } from './parts.ts';

/** One's own matters, and for admins the organization's; each part has an address of its own. */
export function SettingsScreen() {
  const { part: slug } = useParams({ strict: false });
  const { isAdmin } = useMe();
  const part = partCalled(slug);
  const name = part?.name ?? 'Settings';
  // After the heading's own: it is one for all parts.
  useEffect(() => setTitle(name === 'Settings' ? name : `${name} · Settings`), [name]);
  const shown = parts.filter(({ adminOnly }) => isAdmin || !adminOnly);
  const Content = part && contentOf[part.slug];
  return (
    <Page title="Settings">
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <PartLinks parts={shown} current={part?.slug} />
        <div className="min-w-0">
          {part === undefined && <NoSuchPart />}
          {part?.adminOnly && !isAdmin && <OnlyForAdmins part={part.name} />}
          {Content !== undefined && (isAdmin || part?.adminOnly === false) && <Content />}
        </div>
      </div>
    </Page>
  );
}
