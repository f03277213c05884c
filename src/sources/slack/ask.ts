import type { WebClient } from '@slack/web-api';
import { codeOf } from '../../lib/errors.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../lib/json.ts';
import type { VendorCall } from '../provider.ts';
import { isPage, rateLimited } from '../vendor-client.ts';
import { VendorFault, type VendorFaultCode } from '../vendor-fault.ts';

/** Slack's own words for what is wrong, and what they come to. Others are passed on as they are: they are identifiers. */
const meanings: Readonly<Record<string, readonly [VendorFaultCode, detail: string]>> = {
  not_authed: ['unauthorized', 'not_authed'],
  invalid_auth: ['unauthorized', 'invalid_auth'],
  account_inactive: ['unauthorized', 'account_inactive'],
  token_revoked: ['unauthorized', 'token_revoked'],
  token_expired: ['unauthorized', 'token_expired'],
  missing_scope: ['forbidden', 'missing_scope'],
  not_in_channel: ['forbidden', 'not_in_channel: invite the app into it'],
  channel_not_found: ['not_found', 'such channel that this app can see'],
  thread_not_found: ['not_found', 'such thread'],
  message_not_found: ['not_found', 'such message'],
};

/**
 * Asks Slack through its own client, whose fetch is ours and whose retries are off. An answer that Slack calls ok is one, also where
 * the client stumbles over it. Throws `VendorFault`.
 */
export async function askSlack(
  { baseUrl, token, client }: VendorCall,
  ask: (slack: WebClient) => Promise<unknown>,
): Promise<unknown> {
  const heard: Heard = { isSuccess: false, text: '' };
  const { WebClient, LogLevel } = await import('@slack/web-api');
  const slack = new WebClient(token.reveal(), {
    slackApiUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
    fetch: async (url, init) => onlyJson(await client.fetch(String(url), init), heard),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // It would write tokens and texts to our log.
    logLevel: LogLevel.ERROR,
    logger: silent,
  });
  try {
    return await ask(slack);
  } catch (error) {
    const said = heard.isSuccess ? jsonOf(heard.text) : undefined;
    if (isJsonObject(said) && said['ok'] === true) return said;
    throw faultOf(error, heard) ?? client.faultOf(error);
  }
}

/** The last answer, as it came. */
interface Heard {
  isSuccess: boolean;
  text: string;
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/**
 * The client unpacks what calls itself gzip, without a limit and where nobody can catch it, and goes by other headers too. It
 * sees none but when to come back.
 */
async function onlyJson(answer: Response, heard: Heard): Promise<Response> {
  const { status, headers } = answer;
  heard.text = await answer.text();
  heard.isSuccess = answer.ok;
  const later = headers.get('retry-after') ?? (status === 429 ? '0' : null);
  const kept = { 'content-type': 'application/json', ...(later !== null && { 'retry-after': later }) };
  // A status without a body takes none, not even an empty one.
  return new Response(heard.text || null, { status, headers: kept });
}

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  // The client only asks for it.
  getLevel: () => 'error' as never,
  setName: () => {},
};

/** What the client's own errors say, by the codes of its documentation. */
function faultOf(error: unknown, heard: Heard): VendorFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (code === 'slack_webapi_rate_limited_error') {
    const seconds = 'retryAfter' in error ? Number(error.retryAfter) : Number.NaN;
    return rateLimited(new Headers(Number.isFinite(seconds) ? { 'retry-after': String(seconds) } : {}));
  }
  if (code === 'slack_webapi_http_error' && !heard.isSuccess) {
    const status = 'statusCode' in error ? Number(error.statusCode) : 0;
    return status >= 500
      ? new VendorFault('unavailable', `${status}`)
      : new VendorFault('unexpected', `HTTP ${status}`);
  }
  return heard.isSuccess ? refusalOf(heard.text) : undefined;
}

/** What Slack said in an answer that it does not call ok. */
function refusalOf(text: string): VendorFault {
  const said = jsonOf(text);
  if (!isJsonObject(said)) return new VendorFault(isPage(text) ? 'unexpected' : 'unreadable', 'no JSON');
  const { ok = null, error = null } = said;
  if (typeof error === 'string' && /^[a-z0-9_]{1,80}$/.test(error)) {
    const [fault, detail] = meanings[error] ?? ['refused', `${error}.`];
    return new VendorFault(fault, detail);
  }
  if (ok === false || error !== null) return new VendorFault('refused', 'it gave no reason.');
  return new VendorFault('unreadable', 'an answer of another shape');
}
