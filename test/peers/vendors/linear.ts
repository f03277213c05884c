// A stand-in for Linear's GraphQL API. Operations are checked against Linear's own schema where it is there.
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { type LinearWorld, seedLinear } from './linear-data.ts';
import { apiKeyAsBearer, malformed, notAuthenticated, rateLimited } from './linear-errors.ts';
import { type Operation, runOperation, schemaOf } from './linear-execute.ts';
import { isRecord } from './values.ts';
import { describeCheck, readVector, type SchemaCheck, vectorsFolder } from './vectors.ts';
import { type Answer, type RecordedRequest, randomToken, startVendor, type Vendor } from './vendor.ts';

export interface LinearOptions {
  /** What the workspace holds; the seed where it is not given. */
  readonly world?: LinearWorld;
  /** Linear itself refuses an API key that is sent as a bearer token; the stand-in does so only when asked. */
  readonly refuseBearer?: boolean;
  /** Where the vendors' schemas lie. */
  readonly vectors?: string;
}

export interface LinearPeer extends Vendor, SchemaCheck {
  /** Operations are posted to `/graphql` below it. */
  readonly url: string;
  /** The one API key that is valid, sent as `Authorization: <token>`. */
  readonly token: string;
  readonly world: LinearWorld;
  /** From now on the token is like any wrong one. */
  revoke(): void;
}

/** Starts a workspace of 2 teams and 30 issues that answers what `@linear/sdk` asks about issues. */
export async function startLinear({
  world = seedLinear(),
  refuseBearer = false,
  vectors = vectorsFolder,
}: LinearOptions = {}): Promise<LinearPeer> {
  const text = readVector(vectors, 'linear/schema.graphql');
  const schema = text === undefined ? undefined : schemaOf(text);
  const token = randomToken('lin_api_');
  let revoked = false;

  const vendor = await startVendor({
    huge: ['{"data":{"issues":{"nodes":[{"id":"1","title":"', '"}],"pageInfo":{"hasNextPage":false}}}}'],
    rateLimited,
    handle(request) {
      const { authorization } = request.headers;
      if (request.path !== '/graphql') return { status: 404, body: { error: 'Not found' } };
      if (refuseBearer && authorization === `Bearer ${token}`) return apiKeyAsBearer;
      if (revoked || authorization?.replace(/^Bearer /, '') !== token) return notAuthenticated;
      return answer(world, schema, request);
    },
  });
  return {
    ...vendor,
    ...describeCheck('Linear', 'linear/schema.graphql', schema !== undefined),
    url: vendor.origin,
    token,
    world,
    revoke: () => {
      revoked = true;
    },
  };
}

async function answer(
  world: LinearWorld,
  schema: GraphQLSchema | undefined,
  { method, body }: RecordedRequest,
): Promise<Answer> {
  const operation = method === 'POST' ? asOperation(body) : undefined;
  if (operation === undefined)
    return malformed('BAD_REQUEST', [new GraphQLError('POST body missing or invalid')]);
  return runOperation(world, schema, operation);
}

function asOperation(body: unknown): Operation | undefined {
  if (!isRecord(body) || typeof body['query'] !== 'string') return undefined;
  const { query, variables, operationName } = body;
  return {
    query,
    variables: isRecord(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}
