import { z } from 'zod';
import { isJsonObject } from '../../lib/json.ts';
import { action, type VendorCall } from '../provider.ts';
import { VendorFault } from '../vendor-fault.ts';
import { sendToLinear } from './ask.ts';
import { issueFields, issueShape, shownIssue } from './issue.ts';
import { issueIds, teamId, thingsOf } from './look-up.ts';

const title = z.string().min(1).max(255);
const description = z.string().max(100_000).describe('markdown');
const state = z.string().min(1).max(100).describe('the name of a state of the team, like "In Progress"');
const assignee = z.string().min(1).max(200).describe('the e-mail address of a person');
const labels = z
  .array(z.string().min(1).max(100))
  .max(20)
  .describe('names of labels of the team or the workspace, or their ids');
const priority = z.number().int().min(0).max(4).describe('0 none, 1 urgent, 2 high, 3 medium, 4 low');
const issueRef = z.string().min(1).max(100).describe('an identifier like ENG-12, or an id');

const changedIssue = z.object({ issue: issueShape }).transform(({ issue }) => shownIssue(issue));

export const createIssue = action({
  id: 'create_issue',
  description: 'Create an issue in a team.',
  risk: 'write',
  params: z.strictObject({
    team: z.string().min(1).max(100).describe('the key of a team, like ENG, or its id'),
    title,
    description: description.optional(),
    state: state.optional(),
    assignee: assignee.optional(),
    labels: labels.optional(),
    priority: priority.optional(),
  }),
  async run({ team, state, assignee, labels, ...fields }, call) {
    const id = await teamId(call, team);
    const input = { ...fields, teamId: id, ...(await thingsOf(call, id, { state, assignee, labels })) };
    const query = `mutation ($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { ${issueFields} } } }`;
    return change(call, 'issueCreate', query, { input }, changedIssue);
  },
});

export const updateIssue = action({
  id: 'update_issue',
  description: 'Change an issue. What is not given stays as it is; labels replace those it has.',
  risk: 'write',
  params: z.strictObject({
    issue: issueRef,
    title: title.optional(),
    description: description.optional(),
    state: state.optional(),
    assignee: assignee.optional(),
    labels: labels.optional(),
    priority: priority.optional(),
  }),
  async run({ issue, state, assignee, labels, ...fields }, call) {
    const { id, teamId } = await issueIds(call, issue);
    const input = { ...fields, ...(await thingsOf(call, teamId, { state, assignee, labels })) };
    const query = `mutation ($id: String!, $input: IssueUpdateInput!) {
      issueUpdate(id: $id, input: $input) { success issue { ${issueFields} } } }`;
    return change(call, 'issueUpdate', query, { id, input }, changedIssue);
  },
});

const madeComment = z
  .object({ comment: z.object({ id: z.string(), url: z.string() }) })
  .transform(({ comment }) => comment);

export const addComment = action({
  id: 'add_comment',
  description: 'Comment on an issue.',
  risk: 'write',
  params: z.strictObject({ issue: issueRef, body: z.string().min(1).max(100_000).describe('markdown') }),
  async run({ issue, body }, call) {
    const { id: issueId } = await issueIds(call, issue);
    const query =
      'mutation ($input: CommentCreateInput!) { commentCreate(input: $input) { success comment { id url } } }';
    return change(call, 'commentCreate', query, { input: { issueId, body } }, madeComment);
  },
});

/**
 * Makes one change, and shows what Linear says of it: by `shape`, or as it came where it has another. Once Linear says `success`, it is
 * made, whatever went wrong with the answer. Throws `VendorFault` where it was refused, and where nothing is said of it at all.
 */
async function change(
  call: VendorCall,
  mutation: string,
  query: string,
  variables: Record<string, unknown>,
  shape: z.ZodType,
): Promise<unknown> {
  const { data, fault } = await call.client.change(() => sendToLinear(call, query, variables));
  const said = isJsonObject(data) ? data[mutation] : undefined;
  const success = isJsonObject(said) ? said['success'] : undefined;
  if (fault !== undefined && success !== true) throw fault;
  if (success === false) throw new VendorFault('refused', 'nothing was changed.');
  if ((said ?? null) === null) throw new VendorFault('unreadable', 'an answer of another shape');
  const read = shape.safeParse(said);
  return read.success ? read.data : said;
}
