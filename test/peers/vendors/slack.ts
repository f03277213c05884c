// A stand-in for Slack's Web API. Arguments and answers are held against Slack's own description of them where it is there.
import { type SlackWorld, seedSlack } from './slack-data.ts';
import { type SlackArgs, SlackError, slackMethods } from './slack-methods.ts';
import { readSlackSchema, type SlackSchema } from './slack-schema.ts';
import { isRecord } from './values.ts';
import { describeCheck, readVector, type SchemaCheck, vectorsFolder } from './vectors.ts';
import { type Answer, type RecordedRequest, randomToken, startVendor, type Vendor } from './vendor.ts';

export interface SlackOptions {
  /** What the workspace holds; the seed where it is not given. */
  readonly world?: SlackWorld;
  /** Where the vendors' schemas lie. */
  readonly vectors?: string;
}

export interface SlackPeer extends Vendor, SchemaCheck {
  /** The methods are posted to, or got from, `url + method`: what `WebClient` calls `slackApiUrl`. */
  readonly url: string;
  /** The one bot token that is valid, sent as a bearer token. */
  readonly token: string;
  readonly world: SlackWorld;
  /** From now on the token is refused with `token_revoked`. */
  revoke(): void;
}

/** Starts a workspace of three channels that answers what `@slack/web-api` asks about messages. */
export async function startSlack({
  world = seedSlack(),
  vectors = vectorsFolder,
}: SlackOptions = {}): Promise<SlackPeer> {
  const text = readVector(vectors, 'slack/slack_web_openapi_v2.json');
  const schema: SlackSchema = text === undefined ? () => undefined : readSlackSchema(text);
  const token = randomToken('xoxb-');
  let revoked = false;

  const authorize = ({ headers: { authorization } }: RecordedRequest): void => {
    if (authorization === undefined) throw new SlackError('not_authed');
    if (authorization !== `Bearer ${token}`) throw new SlackError('invalid_auth');
    if (revoked) throw new SlackError('token_revoked');
  };
  const vendor = await startVendor({
    huge: ['{"ok":true,"messages":[{"type":"message","ts":"1741000001.000100","text":"', '"}]}'],
    rateLimited: (seconds) => ({
      status: 429,
      headers: { 'retry-after': `${seconds}` },
      body: { ok: false, error: 'ratelimited' },
    }),
    handle(request) {
      try {
        return callMethod(request, world, schema, authorize);
      } catch (error) {
        if (error instanceof SlackError) return refuse(error);
        throw error;
      }
    },
  });
  return {
    ...vendor,
    ...describeCheck('Slack', 'slack/slack_web_openapi_v2.json', text !== undefined),
    url: `${vendor.origin}/api/`,
    token,
    world,
    revoke: () => {
      revoked = true;
    },
  };
}

function callMethod(
  request: RecordedRequest,
  world: SlackWorld,
  schema: SlackSchema,
  authorize: (request: RecordedRequest) => void,
): Answer {
  const { pathname, searchParams } = new URL(request.path, 'http://slack');
  const name = pathname.replace(/^\/api\//, '');
  const method = slackMethods[name];
  if (method === undefined) throw new SlackError('unknown_method');
  authorize(request);
  const args = { ...Object.fromEntries(searchParams), ...bodyOf(request) };
  const check = schema(name);
  const complaints = check?.args(args) ?? [];
  if (complaints.length > 0) throw new SlackError('invalid_arguments', complaints);
  const body = { ok: true, ...method(args, world) };
  check?.answer(body);
  return { body };
}

function bodyOf({ text, body }: RecordedRequest): SlackArgs {
  if (isRecord(body)) return body;
  if (text === '') return {};
  throw new SlackError(body === undefined ? 'invalid_post_type' : 'json_not_object');
}

function refuse({ code, messages }: SlackError): Answer {
  const response_metadata = messages.length > 0 ? { response_metadata: { messages } } : {};
  return { body: { ok: false, error: code, ...response_metadata } };
}
