import { z } from 'zod';
import { listOf, optional, shownList } from '../list-of.ts';

/** What is asked of an issue in a list. */
export const issueFields = `
  id identifier title url priorityLabel createdAt updatedAt dueDate
  state { name type } assignee { name email } team { key name } labels { nodes { name } }`;

const text = optional(z.string());
const named = optional(z.object({ name: text }));

/** Without its id and identifier an issue cannot be spoken of; anything else of it may be odd. */
export const issueShape = z.object({
  id: z.string(),
  identifier: z.string(),
  title: text,
  url: text,
  priorityLabel: text,
  createdAt: text,
  updatedAt: text,
  dueDate: text,
  state: named,
  assignee: optional(z.object({ email: text })),
  team: optional(z.object({ key: text })),
  labels: optional(z.object({ nodes: listOf(z.object({ name: z.string() })) })),
});

/** An issue as agents get it: flat, and with names where Linear has objects. */
export function shownIssue({ labels, state, assignee, team, ...issue }: z.infer<typeof issueShape>) {
  return {
    ...issue,
    state: state?.name ?? null,
    assignee: assignee?.email ?? null,
    team: team?.key ?? null,
    ...shownList('labels', labels?.nodes ?? noLabels, ({ name }) => name),
  };
}

const noLabels = { items: [], leftOut: null };

/** `first` at most of a list, and where the next page begins. */
export const pageShape = optional(z.object({ hasNextPage: z.boolean(), endCursor: text }));

export function nextCursor(page: z.infer<typeof pageShape>): string | null {
  return page?.hasNextPage ? page.endCursor : null;
}
