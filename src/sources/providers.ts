import { linear } from './linear/linear.ts';
import type { Provider } from './provider.ts';
import { sentry } from './sentry/sentry.ts';
import { slack } from './slack/slack.ts';

/** Every vendor that is built in: a folder, and a line here. */
export const providers: readonly Provider[] = [linear, sentry, slack];
