import type { ActsAnswer } from '../contract/acts.ts';
import { type Client, query } from './client.ts';
import type { Reply } from './command.ts';
import { Failure } from './exit.ts';
import { invocationText } from './invocation-text.ts';
import { findInvocation } from './invocations.ts';
import { ParamsViews } from './params-views.ts';
import { SessionNames, SourceNames } from './shown-names.ts';
import { asPerson } from './who.ts';

/** One invocation, whole; for who may decide also what would run, whole, and who has looked at it. Throws `not_found`. */
export async function shownInvocation(id: string): Promise<Reply> {
  const client = await asPerson();
  const [found, sources] = await Promise.all([findInvocation(client, id), SourceNames.read(client)]);
  const names = { sources, sessions: new SessionNames(client), params: new ParamsViews(client) };
  const [acts] = await Promise.all([
    actsOf(client, id),
    names.sessions.learn([found]),
    names.params.learn([found]),
  ]);
  const waiting = names.params.of(id);
  const invocation = waiting === undefined ? found : { ...found, params: waiting.params };
  return {
    json: { invocation, ...(waiting && { shown: waiting.shown }), ...(acts && { acts }) },
    text: () => invocationText(found, names, Date.now(), acts),
  };
}

/** What people did about it; `undefined` for who may not see that, or where the gateway is an older one. */
async function actsOf(client: Client, invocationId: string): Promise<ActsAnswer['acts'] | undefined> {
  try {
    return (await client.get<ActsAnswer>(`/v1/acts${query({ invocationId, limit: 200 })}`)).acts;
  } catch (error) {
    if (error instanceof Failure && (error.code === 'forbidden' || error.code === 'not_found'))
      return undefined;
    throw error;
  }
}
