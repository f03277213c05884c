import { z } from 'zod';
import { type List, listOf, optional } from '../list-of.ts';
import type { VendorCall } from '../provider.ts';
import { VendorFault } from '../vendor-fault.ts';
import { askLinear } from './ask.ts';
import { type Candidate, one } from './one.ts';

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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A filter for what is named by its id, which Linear refuses where it is none, or by one of its other names. */
export function byIdOr(named: string, otherwise: object): object {
  return uuid.test(named) ? { id: { eq: named } } : otherwise;
}

/** A filter for a team by its key or its id. */
export function byTeam(named: string): object {
  return byIdOr(named, { key: { eqIgnoreCase: named } });
}

const team = z.object({ teams: z.object({ nodes: listOf(z.object({ id: z.string(), key: z.string() })) }) });

/** The id of a team by its key or id. Throws `VendorFault` `not_found`, and `ambiguous` where several have the name. */
export async function teamId(call: VendorCall, named: string): Promise<string> {
  const query = 'query ($filter: TeamFilter) { teams(first: 50, filter: $filter) { nodes { id key } } }';
  const { teams } = await askLinear(call, query, { filter: byTeam(named) }, team);
  const candidates = all(teams.nodes).map(({ id, key }) => ({ id, name: key, where: 'workspace' }));
  return one(candidates, named, 'team');
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

const ofTeam = z.object({ id: z.string(), key: z.string() });
const states = z.object({
  workflowStates: z.object({ nodes: listOf(z.object({ id: z.string(), name: z.string(), team: ofTeam })) }),
});
const users = z.object({
  users: z.object({
    nodes: listOf(z.object({ id: z.string(), email: z.string(), active: optional(z.boolean()) })),
  }),
});
const labels = z.object({
  issueLabels: z.object({
    nodes: listOf(z.object({ id: z.string(), name: z.string(), team: ofTeam.nullish() })),
  }),
});

/**
 * Ids for the names that are given, of the team's own things or, where labels are shared, of the workspace's. Throws `VendorFault`
 * `not_found`, naming what is not there, and `ambiguous`, naming the candidates where a name has several.
 */
export async function thingsOf(call: VendorCall, teamId: string, names: Names): Promise<TeamThings> {
  return {
    ...(names.state !== undefined && { stateId: await stateId(call, teamId, names.state) }),
    ...(names.assignee !== undefined && { assigneeId: await userId(call, names.assignee) }),
    ...(names.labels !== undefined && { labelIds: await labelIds(call, teamId, names.labels) }),
  };
}

async function stateId(call: VendorCall, teamId: string, named: string): Promise<string> {
  const query = `query ($filter: WorkflowStateFilter) {
    workflowStates(first: 50, filter: $filter) { nodes { id name team { id key } } } }`;
  const filter = { team: { id: { eq: teamId } }, ...byIdOr(named, { name: { eqIgnoreCase: named } }) };
  const { workflowStates } = await askLinear(call, query, { filter }, states);
  const candidates = all(workflowStates.nodes)
    .filter(({ team }) => team.id === teamId)
    .map(({ id, name, team }) => ({ id, name, where: `team ${team.key}` }));
  return one(candidates, named, 'state', ' in this team');
}

/** Of two people with one address, the one whose account is active. */
async function userId(call: VendorCall, named: string): Promise<string> {
  const query =
    'query ($filter: UserFilter) { users(first: 50, filter: $filter) { nodes { id email active } } }';
  const filter = byIdOr(named, { email: { eqIgnoreCase: named } });
  const found = all((await askLinear(call, query, { filter }, users)).users.nodes);
  const active = found.filter((user) => user.active !== false);
  const candidates = (active.length > 0 ? active : found).map(({ id, email }) => ({
    id,
    name: email,
    where: 'workspace',
  }));
  return one(candidates, named, 'person');
}

/** Label names are compared as they are written: Linear tells `bug` and `Bug` apart. */
async function labelIds(call: VendorCall, teamId: string, names: readonly string[]): Promise<string[]> {
  const query = `query ($filter: IssueLabelFilter) {
    issueLabels(first: 250, filter: $filter) { nodes { id name team { id key } } } }`;
  const ids = names.filter((name) => uuid.test(name));
  const filter = {
    and: [
      { or: [{ team: { id: { eq: teamId } } }, { team: { null: true } }] },
      { or: [{ name: { in: names } }, ...(ids.length > 0 ? [{ id: { in: ids } }] : [])] },
    ],
  };
  const found = all((await askLinear(call, query, { filter }, labels)).issueLabels.nodes);
  const own = (of: (typeof found)[number]['team']) => of?.id === teamId;
  const shown = (isOwn: boolean): Candidate[] =>
    found
      .filter(({ team }) => (isOwn ? own(team) : (team ?? null) === null))
      .map(({ id, name, team }) => ({ id, name, where: team ? `team ${team.key}` : 'workspace' }));
  const [ofThisTeam, shared] = [shown(true), shown(false)];
  return names.map((named) => {
    const isNamed = ({ id, name }: Candidate) => name === named || id === named;
    const mine = ofThisTeam.filter(isNamed);
    return one(
      mine.length > 0 ? mine : shared.filter(isNamed),
      named,
      'label',
      ' in this team or the workspace',
    );
  });
}

/** Where one of several is to be chosen, all of them must be known: one that cannot be read might be the one that is meant. */
function all<Item>({ items, leftOut }: List<Item>): readonly Item[] {
  if (leftOut === null) return items;
  throw new VendorFault(
    'refused',
    `its list of candidates cannot be read whole (${leftOut}) Nothing was changed.`,
  );
}
