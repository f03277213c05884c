import { z } from 'zod';
import { listOf, optional, shownList } from '../list-of.ts';
import { action } from '../provider.ts';
import { VendorFault } from '../vendor-fault.ts';
import { askLinear } from './ask.ts';
import { issueFields, issueShape, nextCursor, pageShape, shownIssue } from './issue.ts';
import { byTeam } from './look-up.ts';

const limit = z.number().int().min(1).max(100).default(25).describe('how many at most');
const after = z.string().max(2000).optional().describe('the nextCursor of the page before');
const issueRef = z.string().min(1).max(100).describe('an identifier like ENG-12, or an id');

const issuePage = z.object({ issues: z.object({ nodes: listOf(issueShape), pageInfo: pageShape }) });

export const listIssues = action({
  id: 'list_issues',
  description: 'List issues, newest first. Each filter narrows.',
  risk: 'read',
  params: z.strictObject({
    team: z.string().max(100).optional().describe('the key of a team, like ENG, or its id'),
    state: z.string().max(100).optional().describe('the name of a state, like "In Progress"'),
    assignee: z.string().max(200).optional().describe('the e-mail address of a person, or "me"'),
    limit,
    after,
  }),
  async run({ team, state, assignee, limit, after }, call) {
    const filter = {
      ...(team !== undefined && { team: byTeam(team) }),
      ...(state !== undefined && { state: { name: { eqIgnoreCase: state } } }),
      ...(assignee !== undefined && {
        assignee: assignee === 'me' ? { isMe: { eq: true } } : { email: { eq: assignee } },
      }),
    };
    const query = `query ($first: Int, $after: String, $filter: IssueFilter) {
      issues(first: $first, after: $after, filter: $filter) { nodes { ${issueFields} } pageInfo { hasNextPage endCursor } } }`;
    const { issues } = await askLinear(call, query, { first: limit, after, filter }, issuePage);
    return { ...shownList('issues', issues.nodes, shownIssue), nextCursor: nextCursor(issues.pageInfo) };
  },
});

const foundPage = z.object({ searchIssues: z.object({ nodes: listOf(issueShape), pageInfo: pageShape }) });

export const searchIssues = action({
  id: 'search_issues',
  description: 'Find issues by words in their title and description.',
  risk: 'read',
  params: z.strictObject({ term: z.string().min(1).max(500).describe('what to look for'), limit, after }),
  async run({ term, limit, after }, call) {
    const query = `query ($term: String!, $first: Int, $after: String) {
      searchIssues(term: $term, first: $first, after: $after) { nodes { ${issueFields} } pageInfo { hasNextPage endCursor } } }`;
    const { searchIssues } = await askLinear(call, query, { term, first: limit, after }, foundPage);
    return {
      ...shownList('issues', searchIssues.nodes, shownIssue),
      nextCursor: nextCursor(searchIssues.pageInfo),
    };
  },
});

const comment = z.object({
  body: z.string(),
  createdAt: optional(z.string()),
  user: optional(z.object({ name: optional(z.string()) })),
});
const wholeIssue = z.object({
  issue: issueShape
    .extend({ description: optional(z.string()), comments: z.object({ nodes: listOf(comment) }) })
    .nullish(),
});

export const getIssue = action({
  id: 'get_issue',
  description: 'Read one issue whole, with its description and its comments.',
  risk: 'read',
  params: z.strictObject({ issue: issueRef }),
  async run({ issue: id }, call) {
    const query = `query ($id: String!) { issue(id: $id) { ${issueFields} description
      comments(first: 50) { nodes { body createdAt user { name } } } } }`;
    const { issue } = await askLinear(call, query, { id }, wholeIssue);
    if (issue === null || issue === undefined) throw new VendorFault('not_found', 'such issue');
    const { comments, description, ...rest } = issue;
    return {
      ...shownIssue(rest),
      description: description ?? '',
      ...shownList('comments', comments.nodes, ({ body, createdAt, user }) => ({
        body,
        createdAt,
        author: user?.name ?? null,
      })),
    };
  },
});

const teamPage = z.object({
  teams: z.object({
    nodes: listOf(
      z.object({
        id: z.string(),
        key: z.string(),
        name: optional(z.string()),
        states: optional(z.object({ nodes: listOf(z.object({ name: z.string() })) })),
      }),
    ),
  }),
});

export const listTeams = action({
  id: 'list_teams',
  description: 'List the teams, with their keys and the states that their issues can have.',
  risk: 'read',
  params: z.strictObject({}),
  async run(_params, call) {
    const query =
      'query { teams(first: 100) { nodes { id key name states(first: 50) { nodes { name } } } } }';
    const { teams } = await askLinear(call, query, {}, teamPage);
    return shownList('teams', teams.nodes, ({ states, ...team }) => ({
      ...team,
      ...(states === null ? { states: null } : shownList('states', states.nodes, ({ name }) => name)),
    }));
  },
});
