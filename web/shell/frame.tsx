import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { History, Inbox, type LucideIcon, Plug, Settings, SquareTerminal, Workflow } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { pendingQuery } from '../api/invocations.ts';
import { Announcements } from '../ui/announce.tsx';
import { Loading } from '../ui/states.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { ConfirmIdentity } from './confirm-identity.tsx';
import { KeyHelp } from './key-help.tsx';
import { useLiveInvocations } from './use-live-invocations.ts';
import { NarrowBar, UserMenu } from './user-menu.tsx';

/** What stays while screens change: where one can go, who is signed in, and whether the page is live. */
export function Frame() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const live = useLiveInvocations();
  useKeys({ '?': () => setHelpOpen(true) });
  const waiting = useQuery(pendingQuery).data?.length ?? 0;
  useFocusOnNewScreen();
  return (
    <div className="flex min-h-dvh flex-col md:flex-row">
      <a
        href="#screen"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-lg bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the screen
      </a>
      <aside className="sticky top-0 z-30 hidden h-dvh w-56 shrink-0 flex-col border-r border-line bg-card px-3 py-4 md:flex">
        <p className="px-3 pb-4 text-lg font-semibold tracking-tight">Assent</p>
        <nav aria-label="Screens" className="flex flex-1 flex-col gap-0.5">
          {places.map((place) => (
            <SideLink key={place.to} place={place} waiting={waiting} />
          ))}
        </nav>
        <UserMenu live={live} openHelp={() => setHelpOpen(true)} />
      </aside>
      <NarrowBar live={live} />
      <main id="screen" tabIndex={-1} className="min-w-0 flex-1 pb-20 outline-none md:pb-0">
        <Suspense fallback={<ScreenLoading />}>
          <Outlet />
        </Suspense>
      </main>
      <nav
        aria-label="Screens"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {places.map((place) => (
          <TabLink key={place.to} place={place} waiting={waiting} />
        ))}
      </nav>
      <KeyHelp open={isHelpOpen} close={() => setHelpOpen(false)} />
      <ConfirmIdentity />
      <Announcements />
    </div>
  );
}

/** Where the link that led to a screen is gone with the one before, the keyboard goes on from the screen, and not from the top. */
function useFocusOnNewScreen(): void {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const shown = useRef(path);
  useEffect(() => {
    // What has just been loaded begins at its top, where the way past the navigation is.
    if (shown.current === path) return;
    shown.current = path;
    if (document.activeElement !== document.body) return;
    document.getElementById('screen')?.focus({ preventScroll: true });
  }, [path]);
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly waiting: number;
}

function SideLink({ place: { to, name, icon: Icon }, waiting }: PlaceLinkProps) {
  return (
    <Link
      to={to}
      className="flex min-h-10 items-center gap-3 rounded-lg px-3 text-muted hover:bg-sunken hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-text"
    >
      <Icon aria-hidden className="size-4.5" strokeWidth={1.75} />
      <span className="flex-1">{name}</span>
      {to === '/inbox' && waiting > 0 && <WaitingCount count={waiting} />}
    </Link>
  );
}

function TabLink({ place: { to, name, icon: Icon }, waiting }: PlaceLinkProps) {
  return (
    <Link
      to={to}
      className="relative flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-0.5 text-[0.65rem] tracking-tight text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent"
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      <span className="max-w-full truncate">{name}</span>
      {to === '/inbox' && waiting > 0 && (
        <span className="absolute top-1 left-1/2 ml-1.5">
          <WaitingCount count={waiting} />
        </span>
      )}
    </Link>
  );
}

function WaitingCount({ count }: { readonly count: number }) {
  return (
    <span className="rounded-full bg-warn-soft px-1.5 text-xs font-semibold text-warn tabular-nums">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

function ScreenLoading() {
  return (
    <div className="mx-auto max-w-6xl px-4 py-8 md:px-8">
      <Loading />
    </div>
  );
}

export interface Place {
  readonly to: '/inbox' | '/history' | '/sources' | '/automations' | '/sessions' | '/settings';
  readonly name: string;
  readonly icon: LucideIcon;
}

/** Where one can go, in the order of how often one does. */
export const places: readonly Place[] = [
  { to: '/inbox', name: 'Inbox', icon: Inbox },
  { to: '/history', name: 'History', icon: History },
  { to: '/sources', name: 'Sources', icon: Plug },
  { to: '/automations', name: 'Automations', icon: Workflow },
  { to: '/sessions', name: 'Sessions', icon: SquareTerminal },
  { to: '/settings', name: 'Settings', icon: Settings },
];
