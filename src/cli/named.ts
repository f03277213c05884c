import type { Automation } from '../contract/automations.ts';
import type { Connector } from '../contract/connectors.ts';
import type { Session } from '../contract/sessions.ts';
import type { Client } from './client.ts';
import { Failure } from './exit.ts';

export interface Choice<T> {
  readonly what: string;
  readonly all: readonly T[];
  readonly nameOf: (one: T) => string | null;
  /** The command that lists them. */
  readonly listing: string;
}

/** The one that a person means by a name or an id. Throws `not_found`, with the nearest names, and `ambiguous`. */
export async function pick<T extends { readonly id: string }>(called: string, choice: Choice<T>): Promise<T> {
  const { what, all, nameOf, listing } = choice;
  const byId = all.find((one) => one.id === called);
  if (byId !== undefined) return byId;
  const [found, ...others] = all.filter((one) => nameOf(one) === called);
  if (found !== undefined && others.length === 0) return found;
  if (found !== undefined) {
    const ids = [found, ...others].map((one) => one.id).join(', ');
    throw new Failure(
      'ambiguous',
      `There are ${others.length + 1} ${what}s called "${called}". Say which by its id: ${ids}.`,
    );
  }
  const { didYouMean } = await import('../lib/nearest.ts');
  const hint = didYouMean(
    called,
    all.flatMap((one) => nameOf(one) ?? []),
  );
  throw new Failure('not_found', `There is no ${what} "${called}".${hint || ` \`${listing}\` shows them.`}`);
}

export async function listConnectors(client: Client): Promise<Connector[]> {
  return (await client.get<{ connectors: Connector[] }>('/v1/connectors')).connectors;
}

export async function connectorCalled(client: Client, called: string): Promise<Connector> {
  return pick(called, {
    what: 'connector',
    all: await listConnectors(client),
    nameOf,
    listing: 'assent connectors list',
  });
}

export async function listAutomations(client: Client): Promise<Automation[]> {
  return (await client.get<{ automations: Automation[] }>('/v1/automations')).automations;
}

export async function automationCalled(client: Client, called: string): Promise<Automation> {
  return pick(called, {
    what: 'automation',
    all: await listAutomations(client),
    nameOf,
    listing: 'assent automations list',
  });
}

export async function listSessions(client: Client): Promise<Session[]> {
  return (await client.get<{ sessions: Session[] }>('/v1/sessions')).sessions;
}

/** Of several with one name, the one that has not been revoked is meant. */
export async function sessionCalled(client: Client, called: string): Promise<Session> {
  const all = workingFirst(called, await listSessions(client));
  return pick(called, { what: 'session', all, nameOf, listing: 'assent sessions list' });
}

interface Revocable {
  readonly name: string | null;
  readonly revokedAt: string | null;
}

/** Those that work, where one of them has the name; all of them otherwise. */
export function workingFirst<T extends Revocable>(called: string, all: readonly T[]): readonly T[] {
  const working = all.filter((one) => one.revokedAt === null);
  return working.some((one) => one.name === called) ? working : all;
}

function nameOf({ name }: { readonly name: string | null }): string | null {
  return name;
}
