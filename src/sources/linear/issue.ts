import { z } from 'zod';
import { listOf } from '../list-of.ts';

/** What is asked of an issue in a list. */
export const issueFields = `
  id identifier title url priorityLabel createdAt updatedAt dueDate
  state { name type } assignee { name email } team { key name } labels { nodes { name } }`;

const person = z.object({ name: z.string(), email: z.string() });

export const issueShape = z.object({
  id: z.string(),
  identifier: z.string(),
  title: z.string(),
  url: z.string(),
  priorityLabel: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  dueDate: z.string().nullish(),
  state: z.object({ name: z.string(), type: z.string() }),
  assignee: person.nullish(),
  team: z.object({ key: z.string(), name: z.string() }),
  labels: z.object({ nodes: listOf(z.object({ name: z.string() })) }),
});

/** An issue as agents get it: flat, and with names where Linear has objects. */
export function shownIssue({ labels, state, assignee, team, ...issue }: z.infer<typeof issueShape>) {
  return {
    ...issue,
    dueDate: issue.dueDate ?? null,
    state: state.name,
    assignee: assignee?.email ?? null,
    team: team.key,
    labels: labels.nodes.map(({ name }) => name),
  };
}

/** `first` at most of a list, and where the next page begins. */
export const pageShape = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

export function nextCursor(page: z.infer<typeof pageShape>): string | null {
  return page.hasNextPage ? (page.endCursor ?? null) : null;
}
