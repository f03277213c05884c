import type { Invocation } from '../../src/contract/invocation.ts';

/** Whether a request has every word of a search in its action, its source, its session's name or its params. */
export function matches(request: Invocation, sessionName: string | undefined, search: string): boolean {
  const { sourceId, actionId, params, sessionId } = request;
  const text = [sourceId, actionId, sessionName ?? sessionId, JSON.stringify(params)]
    .join('\n')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
