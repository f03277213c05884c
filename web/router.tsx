import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { pendingQuery } from './api/invocations.ts';
import { meQuery } from './api/me.ts';
import { queryClient } from './api/query-client.ts';
import { ApiError } from './api/refusal.ts';
import { readDeviceSearch } from './device/user-code.ts';
import { readFilters } from './history/filters.ts';
import { InboxScreen } from './inbox/inbox-screen.tsx';
import { readShownSessions } from './sessions/session-state.ts';
import { Frame } from './shell/frame.tsx';
import { NotFound, Trouble } from './shell/trouble.tsx';
import { readActionSearch } from './sources/action-search.ts';

const root = createRootRoute({
  component: Frame,
  loader: () => {
    // What most people come for is asked for at the same time.
    void queryClient.prefetchQuery(pendingQuery);
    return queryClient.ensureQueryData(meQuery).catch(untilGone);
  },
  errorComponent: Trouble,
  notFoundComponent: NotFound,
});

/** Who is not signed in is on the way to the login page already: nothing is shown to them meanwhile. */
function untilGone(error: unknown): Promise<never> {
  if (error instanceof ApiError && error.code === 'unauthenticated') return new Promise(() => undefined);
  throw error;
}

/** The first thing that most people want: it is part of the first download. */
const inbox = createRoute({ getParentRoute: () => root, path: '/inbox', component: InboxScreen });
const inboxOne = createRoute({ getParentRoute: () => root, path: '/inbox/$id', component: InboxScreen });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true });
  },
});

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./history/history-screen.tsx'), 'HistoryScreen'),
});
const invocation = createRoute({
  getParentRoute: () => root,
  path: '/history/$id',
  component: lazyRouteComponent(() => import('./history/invocation-screen.tsx'), 'InvocationScreen'),
});
const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  validateSearch: readActionSearch,
  component: lazyRouteComponent(() => import('./sources/sources-screen.tsx'), 'SourcesScreen'),
});
const automations = createRoute({
  getParentRoute: () => root,
  path: '/automations',
  component: lazyRouteComponent(() => import('./automations/automations-screen.tsx'), 'AutomationsScreen'),
});
const automation = createRoute({
  getParentRoute: () => root,
  path: '/automations/$id',
  validateSearch: readActionSearch,
  component: lazyRouteComponent(() => import('./automations/automation-screen.tsx'), 'AutomationScreen'),
});
const sessions = createRoute({
  getParentRoute: () => root,
  path: '/sessions',
  validateSearch: readShownSessions,
  component: lazyRouteComponent(() => import('./sessions/sessions-screen.tsx'), 'SessionsScreen'),
});
const session = createRoute({
  getParentRoute: () => root,
  path: '/sessions/$id',
  component: lazyRouteComponent(() => import('./sessions/session-screen.tsx'), 'SessionScreen'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-screen.tsx'), 'SettingsScreen'),
});
const settingsPart = createRoute({
  getParentRoute: () => root,
  path: '/settings/$part',
  component: lazyRouteComponent(() => import('./settings/settings-screen.tsx'), 'SettingsScreen'),
});
const device = createRoute({
  getParentRoute: () => root,
  path: '/device',
  validateSearch: readDeviceSearch,
  component: lazyRouteComponent(() => import('./device/device-screen.tsx'), 'DeviceScreen'),
});

/** The screens; the server answers each of these paths with the same document (`server/pages/app`). */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    inbox,
    inboxOne,
    history,
    invocation,
    sources,
    automations,
    automation,
    sessions,
    session,
    settings,
    settingsPart,
    device,
  ]),
  defaultErrorComponent: Trouble,
  // What a screen does not know of an address is not handed to it, and goes out of the address.
  search: { strict: true },
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
