import type { z } from 'zod';
import { isJsonObject } from '../../lib/json.ts';
import type { VendorCall } from '../provider.ts';
import { VendorFault } from '../vendor-fault.ts';
import { linearFault } from './refusal.ts';

/** Statuses under which Linear still says what is wrong. */
const explained = [400, 401, 403];

/** What a GraphQL API says: data, and what went wrong, which may be a part of it only. */
export interface LinearAnswer {
  readonly data: unknown;
  readonly fault: VendorFault | undefined;
}

/**
 * Asks Linear's API one thing, and reads the answer by `shape`. By hand and not by Linear's SDK, whose fetch cannot be
 * guarded, and whose models ask once more for each relation of each issue. Throws `VendorFault`.
 */
export async function askLinear<Shape extends z.ZodType>(
  call: VendorCall,
  query: string,
  variables: Record<string, unknown>,
  shape: Shape,
): Promise<z.infer<Shape>> {
  const { data, fault } = await sendToLinear(call, query, variables);
  if (fault !== undefined) throw fault;
  const read = shape.safeParse(data);
  if (!read.success) throw new VendorFault('unreadable', 'an answer of another shape');
  return read.data;
}

/** The same without a shape, and without throwing what Linear itself says went wrong. */
export async function sendToLinear(
  { baseUrl, token, client }: VendorCall,
  query: string,
  variables: Record<string, unknown>,
): Promise<LinearAnswer> {
  const { json, status, headers } = await client.request(
    new URL('graphql', withSlash(baseUrl)),
    {
      method: 'POST',
      // An API key as it is; anything else is a token of OAuth.
      headers: { 'content-type': 'application/json', authorization: authorization(token.reveal()) },
      body: JSON.stringify({ query, variables }),
    },
    explained,
  );
  const { data, errors = null } = isJsonObject(json) ? json : {};
  const said = (Array.isArray(errors) ? errors : [errors]).filter((one) => one !== null);
  const fault = linearFault(said, headers);
  if (fault === undefined && (status >= 400 || !isJsonObject(json)))
    throw new VendorFault(status >= 400 ? 'unexpected' : 'unreadable', `HTTP ${status}`);
  return { data, fault };
}

function authorization(token: string): string {
  return token.startsWith('lin_api_') ? token : `Bearer ${token}`;
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
