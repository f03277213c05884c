// Finding what a request names, or refusing as Linear does.
import type { LinearIssue, LinearWorld } from './linear-data.ts';
import { entityNotFound } from './linear-errors.ts';

/** Finds an entity by id, or refuses as Linear does. */
export function need<Kind extends { readonly id: string }>(
  list: readonly Kind[],
  id: unknown,
  kind: string,
): Kind {
  const found = list.find((entity) => entity.id === id);
  if (found === undefined) throw entityNotFound(kind);
  return found;
}

/** An issue by its id or by its identifier, as `ENG-12`. */
export function needIssue(world: LinearWorld, id: unknown): LinearIssue {
  const found = world.issues.find((issue) => issue.id === id || identifierOf(issue, world) === id);
  if (found === undefined) throw entityNotFound('Issue');
  return found;
}

export function identifierOf(issue: LinearIssue, world: LinearWorld): string {
  return `${need(world.teams, issue.teamId, 'Team').key}-${issue.number}`;
}
