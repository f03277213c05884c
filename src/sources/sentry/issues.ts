import { z } from 'zod';
import { listOf, optional, shownList } from '../list-of.ts';
import { action } from '../provider.ts';
import { askSentry } from './ask.ts';

/** A part of a path: no dots alone, nothing that ends it. */
const slug = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/, 'a slug is letters, digits, ".", "_" and "-"');
const organization = slug.describe('the slug of the organization');
const issueId = z
  .string()
  .regex(
    /^(\d{1,20}|[A-Za-z0-9_][A-Za-z0-9._-]{0,99}-[A-Za-z0-9]{1,20})$/,
    'an issue is named by its id, a number, or by its short id, like WEB-12',
  )
  .describe('the id of an issue, a number, or its shortId, like WEB-12');
const cursor = z.string().max(2000).optional().describe('the nextCursor of the page before');
const limit = z.number().int().min(1).max(100).default(25).describe('how many at most');

const text = optional(z.string());

const project = z.object({
  id: z.string(),
  slug: z.string(),
  name: text,
  platform: text,
});

export const listProjects = action({
  id: 'list_projects',
  description: 'List the projects of an organization.',
  risk: 'read',
  params: z.strictObject({ organization, cursor }),
  async run({ organization, cursor }, call) {
    const path = ['organizations', organization, 'projects'];
    const what = `organization "${organization}"`;
    const { data, nextCursor } = await askSentry(call, { path, query: { cursor }, what }, listOf(project));
    return { ...shownList('projects', data), nextCursor };
  },
});

const actor = z.object({ type: text, id: optional(z.coerce.string()), name: text, email: text });

/** Without its id an issue cannot be spoken of; anything else of it may be odd. */
const issue = z.object({
  id: z.string(),
  shortId: text,
  title: text,
  culprit: text,
  level: text,
  status: text,
  permalink: text,
  count: optional(z.union([z.string(), z.number()])),
  userCount: optional(z.number()),
  firstSeen: text,
  lastSeen: text,
  project: optional(z.object({ slug: text })),
  assignedTo: optional(actor),
});

function shownIssue({ project, assignedTo, ...one }: z.infer<typeof issue>) {
  return { ...one, project: project?.slug ?? null, assignedTo: assignedTo && shownActor(assignedTo) };
}

/** As `update_issue` takes it: a team by `#` and its slug, and never a person by a name, which others may have. */
function shownActor({ type, id, name, email }: z.infer<typeof actor>): string | null {
  if (type === 'team' && name !== null) return `#${name}`;
  return email ?? (type !== null && id !== null ? `${type}:${id}` : name);
}

export const listIssues = action({
  id: 'list_issues',
  description: "List issues, by Sentry's own search, unresolved ones unless it says otherwise.",
  risk: 'read',
  params: z.strictObject({
    organization,
    project: slug.optional().describe('the slug of a project'),
    query: z
      .string()
      .max(500)
      .default('is:unresolved')
      .describe('a search of Sentry, like "is:unresolved level:error"'),
    limit,
    cursor,
  }),
  async run({ organization, project, query, limit, cursor }, call) {
    const path =
      project === undefined
        ? ['organizations', organization, 'issues']
        : ['projects', organization, project, 'issues'];
    const what = project === undefined ? `organization "${organization}"` : `project "${project}"`;
    const { data, nextCursor } = await askSentry(
      call,
      { path, query: { query, limit, cursor }, what },
      listOf(issue),
    );
    return { ...shownList('issues', data, shownIssue), nextCursor };
  },
});

export const getIssue = action({
  id: 'get_issue',
  description: 'Read one issue.',
  risk: 'read',
  params: z.strictObject({ organization, issue: issueId }),
  async run({ organization, issue: id }, call) {
    const { data } = await askSentry(
      call,
      { path: ['organizations', organization, 'issues', id], what: `issue ${id}` },
      issue,
    );
    return shownIssue(data);
  },
});

const event = z.object({
  eventID: z.string(),
  title: text,
  message: text,
  dateCreated: text,
  platform: text,
  tags: optional(listOf(z.object({ key: z.string(), value: text }))),
});

function shownEvent({ tags, ...one }: z.infer<typeof event>) {
  return { ...one, ...(tags === null ? { tags } : shownList('tags', tags)) };
}

export const listIssueEvents = action({
  id: 'list_issue_events',
  description: 'List the events of an issue, newest first.',
  risk: 'read',
  params: z.strictObject({ organization, issue: issueId, cursor }),
  async run({ organization, issue: id, cursor }, call) {
    const path = ['organizations', organization, 'issues', id, 'events'];
    const { data, nextCursor } = await askSentry(
      call,
      { path, query: { cursor }, what: `issue ${id}` },
      listOf(event),
    );
    return { ...shownList('events', data, shownEvent), nextCursor };
  },
});

export const getEvent = action({
  id: 'get_event',
  description: 'Read one event whole, with its stack trace and its context.',
  risk: 'read',
  params: z.strictObject({
    organization,
    project: slug.describe('the slug of the project'),
    event: z
      .string()
      .regex(/^[0-9a-fA-F-]{32,36}$/, 'the id of an event is 32 hexadecimal digits')
      .describe('the id of an event'),
  }),
  async run({ organization, project, event: id }, call) {
    const path = ['projects', organization, project, 'events', id];
    const { data } = await askSentry(
      call,
      { path, what: `event ${id}` },
      z.looseObject({ eventID: z.string() }),
    );
    return data;
  },
});

/** An issue as Sentry documents it; one with less is shown as it came. */
const wholeIssue = issue.extend({
  shortId: z.string(),
  title: z.string(),
  count: z.union([z.string(), z.number()]),
});

/** What is said of a change that was made, in whatever shape. */
const json = z.unknown().refine((value) => value !== undefined);

export const updateIssue = action({
  id: 'update_issue',
  description: 'Resolve, reopen or ignore an issue, or assign it.',
  risk: 'write',
  params: z.strictObject({
    organization,
    issue: issueId,
    status: z.enum(['resolved', 'unresolved', 'ignored']).optional(),
    assignedTo: z
      .string()
      .max(200)
      .optional()
      .describe('the e-mail address of a person, "#" and the slug of a team, or "" for nobody'),
  }),
  async run({ organization, issue: id, ...body }, call) {
    const path = ['organizations', organization, 'issues', id];
    const { data } = await call.client.change(() =>
      askSentry(call, { path, method: 'PUT', body, what: `issue ${id}` }, json),
    );
    const changed = wholeIssue.safeParse(data);
    return changed.success ? shownIssue(changed.data) : data;
  },
});
