import { z } from 'zod';
import { listOf } from '../list-of.ts';
import type { VendorCall } from '../provider.ts';
import { rateLimited } from '../vendor-client.ts';
import { VendorFault } from '../vendor-fault.ts';

/** What every answer of a GraphQL API looks like, and what Linear says of an error. */
const answer = z.object({
  data: z.unknown().optional(),
  errors: listOf(
    z.object({
      message: z.string(),
      extensions: z
        .object({ code: z.string().optional(), userPresentableMessage: z.string().optional() })
        .optional(),
    }),
  ).optional(),
});

/** Statuses under which Linear still says what is wrong. */
const explained = [400, 401, 403];

/**
 * Asks Linear's API one thing, and reads the answer by `shape`. By hand and not by Linear's SDK, whose fetch cannot be
 * guarded, and whose models ask once more for each relation of each issue. Throws `VendorFault`.
 */
export async function askLinear<Shape extends z.ZodType>(
  { baseUrl, token, client }: VendorCall,
  query: string,
  variables: Record<string, unknown>,
  shape: Shape,
): Promise<z.infer<Shape>> {
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
  const read = answer.safeParse(json);
  if (!read.success) throw new VendorFault('unexpected', `HTTP ${status}`);
  const [error] = read.data.errors ?? [];
  if (error !== undefined)
    throw faultOf(
      error.extensions?.code ?? '',
      error.extensions?.userPresentableMessage ?? error.message,
      headers,
    );
  const data = shape.safeParse(read.data.data);
  if (!data.success) throw new VendorFault('unexpected', 'an answer of another shape');
  return data.data;
}

function authorization(token: string): string {
  return token.startsWith('lin_api_') ? token : `Bearer ${token}`;
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** Linear's own codes. */
function faultOf(code: string, message: string, headers: Headers): VendorFault {
  if (code === 'AUTHENTICATION_ERROR') return new VendorFault('unauthorized', code);
  if (code === 'FORBIDDEN') return new VendorFault('forbidden', code);
  if (code === 'RATELIMITED') return rateLimited(headers);
  if (message.startsWith('Entity not found'))
    return new VendorFault('not_found', message.replace(/^Entity not found: ?/, 'such '));
  return new VendorFault('refused', message);
}
