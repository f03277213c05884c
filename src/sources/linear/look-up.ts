import { z } from 'zod';
import { listOf } from '../list-of.ts';
import type { VendorCall } from '../provider.ts';
import { VendorFault } from '../vendor-fault.ts';
import { askLinear } from './ask.ts';

const ids = listOf(z.object({ id: z.string() }));

/** What people call a team's things by, where Linear wants ids. */
export interface Names {
  readonly state?: string | undefined;
  readonly assignee?: string | undefined;
  readonly labels?: readonly string[] | undefined;
}

export interface TeamThings {
  readonly stateId?: string;
  readonly assigneeId?: string;
  readonly labelIds?: readonly string[];
}

const team = z.object({ teams: z.object({ nodes: ids }) });

/** The id of a team by its key. Throws `VendorFault` `not_found`. */
export async function teamId(call: VendorCall, key: string): Promise<string> {
  const query = 'query ($key: String!) { teams(first: 1, filter: { key: { eq: $key } }) { nodes { id } } }';
  const { teams } = await askLinear(call, query, { key }, team);
  return only(teams.nodes, `team "${key}"`);
}

const ofIssue = z.object({
  issue: z.object({ id: z.string(), team: z.object({ id: z.string() }) }).nullish(),
});

/** The id of an issue by its identifier, and of its team. Throws `VendorFault` `not_found`. */
export async function issueIds(call: VendorCall, ref: string): Promise<{ id: string; teamId: string }> {
  const query = 'query ($id: String!) { issue(id: $id) { id team { id } } }';
  const { issue } = await askLinear(call, query, { id: ref }, ofIssue);
  if (issue === null || issue === undefined) throw new VendorFault('not_found', `issue "${ref}"`);
  return { id: issue.id, teamId: issue.team.id };
}

const states = z.object({ workflowStates: z.object({ nodes: ids }) });
const users = z.object({ users: z.object({ nodes: ids }) });
const labels = z.object({
  issueLabels: z.object({ nodes: listOf(z.object({ id: z.string(), name: z.string() })) }),
});

/** Ids for the names that are given. Throws `VendorFault` `not_found`, naming what is not there. */
export async function thingsOf(call: VendorCall, teamId: string, names: Names): Promise<TeamThings> {
  return {
    ...(names.state !== undefined && { stateId: await stateId(call, teamId, names.state) }),
    ...(names.assignee !== undefined && { assigneeId: await userId(call, names.assignee) }),
    ...(names.labels !== undefined && { labelIds: await labelIds(call, names.labels) }),
  };
}

async function stateId(call: VendorCall, team: string, name: string): Promise<string> {
  const query = `query ($team: ID!, $name: String!) {
    workflowStates(first: 1, filter: { team: { id: { eq: $team } }, name: { eqIgnoreCase: $name } }) { nodes { id } } }`;
  const found = await askLinear(call, query, { team, name }, states);
  return only(found.workflowStates.nodes, `state "${name}" in this team`);
}

async function userId(call: VendorCall, email: string): Promise<string> {
  const query =
    'query ($email: String!) { users(first: 1, filter: { email: { eq: $email } }) { nodes { id } } }';
  const found = await askLinear(call, query, { email }, users);
  return only(found.users.nodes, `person "${email}"`);
}

async function labelIds(call: VendorCall, names: readonly string[]): Promise<string[]> {
  const query =
    'query ($names: [String!]) { issueLabels(first: 100, filter: { name: { in: $names } }) { nodes { id name } } }';
  const { issueLabels } = await askLinear(call, query, { names }, labels);
  return names.map((name) =>
    only(
      issueLabels.nodes.filter((one) => one.name === name),
      `label "${name}"`,
    ),
  );
}

function only(found: readonly { readonly id: string }[], what: string): string {
  const [first] = found;
  if (first === undefined) throw new VendorFault('not_found', what);
  return first.id;
}
