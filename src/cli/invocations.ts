import type { Invocation, InvocationsAnswer, Status } from '../contract/invocation.ts';
import { at, type Client, query } from './client.ts';
import { Failure } from './exit.ts';

export interface Wanted {
  readonly status?: Status | undefined;
  readonly sourceId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** Rows that are asked for at a time. */
const largestPage = 200;

/** The organization's, newest first, up to `limit`. */
export async function listInvocations(
  client: Client,
  wanted: Wanted,
  limit: number,
): Promise<Pick<InvocationsAnswer, 'invocations' | 'nextCursor'>> {
  const invocations: Invocation[] = [];
  let nextCursor: string | null = null;
  do {
    const left = Math.min(limit - invocations.length, largestPage);
    const page: InvocationsAnswer = await client.get(
      `/v1/invocations${query({ ...wanted, limit: left, cursor: nextCursor ?? undefined })}`,
    );
    invocations.push(...page.invocations);
    nextCursor = page.nextCursor;
  } while (nextCursor !== null && invocations.length < limit);
  return { invocations, nextCursor };
}

/** Every one that waits for a decision, in the order of asking. */
export async function pendingInvocations(client: Client): Promise<Invocation[]> {
  const { invocations } = await listInvocations(client, { status: 'pending' }, Number.POSITIVE_INFINITY);
  return invocations.toReversed();
}

/** One by its id. Throws `not_found`, also for what is no id at all. */
export async function findInvocation(client: Client, id: string): Promise<Invocation> {
  const unknown = new Failure(
    'not_found',
    `There is no invocation ${id}. \`assent inbox\` lists those that wait, \`assent history\` all.`,
  );
  if (!/^[\da-f-]{36}$/.test(id)) throw unknown;
  try {
    return (await client.get<{ invocation: Invocation }>(at`/v1/invocations/${id}`)).invocation;
  } catch (error) {
    throw error instanceof Failure && error.code === 'not_found' ? unknown : error;
  }
}
