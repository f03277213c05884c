import { z } from 'zod';
import { listOf } from '../list-of.ts';
import { action } from '../provider.ts';
import { askSentry } from './ask.ts';

/** A part of a path: no dots alone, nothing that ends it. */
const slug = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'a slug is letters, digits, ".", "_" and "-"');
const organization = slug.describe('the slug of the organization');
const issueId = z
  .string()
  .regex(/^\d{1,20}$/, 'the id of an issue is a number')
  .describe('the id of an issue, a number');
const cursor = z.string().max(200).optional().describe('the nextCursor of the page before');
const limit = z.number().int().min(1).max(100).default(25).describe('how many at most');

const project = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  platform: z.string().nullish(),
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
    return { projects: data, nextCursor };
  },
});

const issue = z.object({
  id: z.string(),
  shortId: z.string(),
  title: z.string(),
  culprit: z.string().nullish(),
  level: z.string(),
  status: z.string(),
  permalink: z.string().nullish(),
  count: z.union([z.string(), z.number()]),
  userCount: z.number(),
  firstSeen: z.string().nullish(),
  lastSeen: z.string().nullish(),
  project: z.object({ slug: z.string() }),
  assignedTo: z
    .looseObject({ type: z.string(), name: z.string().nullish(), email: z.string().nullish() })
    .nullish(),
});

function shownIssue({ project, assignedTo, ...one }: z.infer<typeof issue>) {
  return { ...one, project: project.slug, assignedTo: assignedTo?.email ?? assignedTo?.name ?? null };
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
    return { issues: data.map(shownIssue), nextCursor };
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
  title: z.string().nullish(),
  message: z.string().nullish(),
  dateCreated: z.string().nullish(),
  platform: z.string().nullish(),
  tags: listOf(z.object({ key: z.string(), value: z.string().nullable() })).nullish(),
});

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
    return { events: data, nextCursor };
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
    assignedTo: z.string().max(200).optional().describe('the e-mail address of a person, or "" for nobody'),
  }),
  async run({ organization, issue: id, ...body }, call) {
    const path = ['organizations', organization, 'issues', id];
    const { data } = await call.client.change(() =>
      askSentry(call, { path, method: 'PUT', body, what: `issue ${id}` }, json),
    );
    const changed = issue.safeParse(data);
    return changed.success ? shownIssue(changed.data) : data;
  },
});
