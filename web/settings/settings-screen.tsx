import { Link, useParams } from '@tanstack/react-router';
import { Compass, ShieldUser } from 'lucide-react';
import { type ComponentType, useEffect, useRef } from 'react';
import { useMe } from '../api/me.ts';
import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { setTitle } from '../ui/title.ts';
import { AboutPart } from './about-part.tsx';
import { BrowserPart } from './browser-part.tsx';
import { MembersPart } from './members/members-part.tsx';
import { NotificationsPart } from './notifications/notifications-part.tsx';
import { type Part, type PartSlug, partCalled, parts } from './parts.ts';
import { PreferencesPart } from './preferences/preferences-part.tsx';
import { SecretsPart } from './secrets/secrets-part.tsx';
import { YouPart } from './you/you-part.tsx';

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

const contentOf: Readonly<Record<PartSlug, ComponentType>> = {
  you: YouPart,
  browser: BrowserPart,
  preferences: PreferencesPart,
  members: MembersPart,
  secrets: SecretsPart,
  notifications: NotificationsPart,
  about: AboutPart,
};

interface PartLinksProps {
  readonly parts: readonly Part[];
  readonly current: PartSlug | undefined;
}

/** A list at the side, or tabs that scroll where there is no side. */
function PartLinks({ parts, current }: PartLinksProps) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = nav.current?.querySelector('[aria-current]');
    link?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav
      ref={nav}
      aria-label="Settings"
      className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 pb-2 md:-mx-8 md:px-8 lg:mx-0 lg:flex-col lg:gap-0.5 lg:overflow-visible lg:border-0 lg:p-0"
    >
      {parts.map(({ slug, name }) => (
        <Link
          key={slug}
          to="/settings/$part"
          params={{ part: slug }}
          aria-current={slug === current ? 'page' : undefined}
          className="flex min-h-10 shrink-0 items-center rounded-lg px-3 whitespace-nowrap text-muted hover:bg-sunken hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-text"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** For a member who has opened an admin's part by its address. */
function OnlyForAdmins({ part }: { readonly part: string }) {
  const { user, organization } = useMe();
  return (
    <Empty icon={ShieldUser} title={`${part}: this takes an admin`}>
      You are a {user.role} of <Text value={organization.name} />. Ask one of its admins or owners to do it,
      or to make you an admin.
    </Empty>
  );
}

function NoSuchPart() {
  return (
    <Empty icon={Compass} title="There is no such part of the settings">
      <Link to="/settings" className={`mt-3 ${buttonClass()}`}>
        Show the settings
      </Link>
    </Empty>
  );
}
