import { History, Inbox, type LucideIcon, Plug, Settings, SquareTerminal, Workflow } from 'lucide-react';

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
