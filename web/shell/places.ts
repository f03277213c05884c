import { History, Inbox, type LucideIcon, Plug, Settings, SquareTerminal, Workflow } from 'lucide-react';

export interface Place {
  readonly to: '/inbox' | '/history' | '/sources' | '/automations' | '/sessions' | '/settings';
  readonly name: string;
  readonly icon: LucideIcon;
  readonly adminOnly: boolean;
}

/** Where one can go, in the order of how often one does. */
export const places: readonly Place[] = [
  { to: '/inbox', name: 'Inbox', icon: Inbox, adminOnly: false },
  { to: '/history', name: 'History', icon: History, adminOnly: false },
  { to: '/sources', name: 'Sources', icon: Plug, adminOnly: false },
  { to: '/automations', name: 'Automations', icon: Workflow, adminOnly: false },
  { to: '/sessions', name: 'Sessions', icon: SquareTerminal, adminOnly: false },
  { to: '/settings', name: 'Settings', icon: Settings, adminOnly: false },
];
