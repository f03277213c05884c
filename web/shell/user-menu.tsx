import { useMutation } from '@tanstack/react-query';
import { Keyboard, LogOut } from 'lucide-react';
import { visibleName } from '../../src/shared/look-alikes.ts';
import type { EventsState } from '../api/events.ts';
import { signOut, useMe } from '../api/me.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Text } from '../ui/text.tsx';

interface UserMenuProps {
  readonly live: EventsState;
  readonly openHelp: () => void;
}

/** Who is signed in, whether the page is live, and the way out. */
export function UserMenu({ live, openHelp }: UserMenuProps) {
  const leave = useSignOut();
  const { user, organization } = useMe();
  const { word, dot } = states[live];
  return (
    <div className="border-t border-line px-3 pt-3 text-sm">
      <p role="status" className="mb-2 flex items-center gap-2 text-muted">
        <span aria-hidden className={`size-2 rounded-full ${dot}`} />
        {word}
      </p>
      <p className="truncate font-medium" title={visibleName(user.email)}>
        <Text value={user.name} />
      </p>
      <p className="mb-2 truncate text-muted">
        {user.role} of <Text value={organization.name} />
      </p>
      <div className="-mx-2.5 flex justify-between">
        <Button size="small" look="quiet" onClick={leave}>
          <LogOut aria-hidden className="size-4" /> Sign out
        </Button>
        <Button size="small" look="quiet" aria-label="Keys" title="Keys (?)" onClick={openHelp}>
          <Keyboard aria-hidden className="size-4" />
        </Button>
      </div>
    </div>
  );
}

/** A person who signs out should know where they are still signed in. */
function useSignOut(): () => void {
  const { mutate } = useMutation({
    mutationFn: signOut,
    onError: ({ message }) => announce(`You are still signed in. ${message}`, 'bad'),
  });
  return () => mutate();
}

/** The same on a narrow screen, in one line. */
export function NarrowBar({ live }: { readonly live: EventsState }) {
  const leave = useSignOut();
  const { word, dot } = states[live];
  return (
    <header className="flex min-h-12 items-center gap-4 border-b border-line bg-card px-4 md:hidden">
      <p className="font-semibold tracking-tight">Assent</p>
      <p role="status" className="flex min-w-0 flex-1 items-center gap-2 text-sm text-muted">
        <span aria-hidden className={`size-2 shrink-0 rounded-full ${dot}`} />
        <span className="truncate">{word}</span>
      </p>
      <Button size="small" look="quiet" onClick={leave}>
        <LogOut aria-hidden className="size-4" /> Sign out
      </Button>
    </header>
  );
}

const states: Readonly<Record<EventsState, { readonly word: string; readonly dot: string }>> = {
  live: { word: 'Live', dot: 'bg-accent' },
  connecting: { word: 'Connecting…', dot: 'bg-warn' },
  offline: { word: 'Not connected; trying again', dot: 'bg-danger' },
};
