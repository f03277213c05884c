import type { Route } from '../route.ts';
import { actionModeRoutes } from './action-modes.ts';
import { catalogRoutes } from './actions/catalog.ts';
import { invokeRoutes } from './actions/invoke.ts';
import { automationRoutes } from './automations.ts';
import { connectorRoutes } from './connectors/connectors.ts';
import { connectorToolRoutes } from './connectors/tools.ts';
import { eventRoutes } from './events.ts';
import { integrationRoutes } from './integrations.ts';
import { actRoutes } from './invocations/acts.ts';
import { invocationContextRoutes } from './invocations/context.ts';
import { decisionRoutes } from './invocations/decide.ts';
import { historyExportRoutes } from './invocations/export.ts';
import { organizationInvocationRoutes, sessionInvocationRoutes } from './invocations/list.ts';
import { invocationRoutes } from './invocations/read.ts';
import { browserLoginRoutes } from './login/browser.ts';
import { deviceLoginRoutes } from './login/device.ts';
import { loginLinkRoutes } from './login/links.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { notificationRoutes } from './notifications.ts';
import { preferenceRoutes } from './preferences.ts';
import { secretRoutes } from './secrets.ts';
import { sessionRoutes } from './sessions.ts';
import { sourceRoutes } from './sources.ts';
import { statusRoutes } from './status.ts';
import { tokenRoutes } from './tokens.ts';
import { waysInRoutes } from './ways-in.ts';

/** Every endpoint of the API, in the order in which OpenAPI lists them. */
export const routes: readonly Route[] = [
  ...catalogRoutes,
  ...invokeRoutes,
  ...sessionInvocationRoutes,
  ...invocationRoutes,
  ...decisionRoutes,
  ...organizationInvocationRoutes,
  ...historyExportRoutes,
  ...invocationContextRoutes,
  ...actRoutes,
  ...eventRoutes,
  ...actionModeRoutes,
  ...automationRoutes,
  ...sessionRoutes,
  ...sourceRoutes,
  ...connectorRoutes,
  ...connectorToolRoutes,
  ...integrationRoutes,
  ...notificationRoutes,
  ...secretRoutes,
  ...preferenceRoutes,
  ...memberRoutes,
  ...meRoutes,
  ...waysInRoutes,
  ...tokenRoutes,
  ...statusRoutes,
  ...deviceLoginRoutes,
  ...loginLinkRoutes,
  ...browserLoginRoutes,
];
