import type { WebClient } from '@slack/web-api';
import { codeOf } from '../../lib/errors.ts';
import type { VendorCall } from '../provider.ts';
import { rateLimited } from '../vendor-client.ts';
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

/** Asks Slack through its own client, whose fetch is ours and whose retries are off. Throws `VendorFault`. */
export async function askSlack<T>(
  { baseUrl, token, client }: VendorCall,
  ask: (slack: WebClient) => Promise<T>,
): Promise<T> {
  const { WebClient, LogLevel } = await import('@slack/web-api');
  const slack = new WebClient(token.reveal(), {
    slackApiUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
    fetch: async (url, init) => onlyJson(await client.fetch(String(url), init)),
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
    throw faultOf(error) ?? client.faultOf(error);
  }
}

/**
 * The client unpacks what calls itself gzip, without a limit and where nobody can catch it, and goes by other headers too. It
 * sees none but when to come back.
 */
async function onlyJson(answer: Response): Promise<Response> {
  const { status, headers } = answer;
  const later = headers.get('retry-after') ?? (status === 429 ? '0' : null);
  const kept = { 'content-type': 'application/json', ...(later !== null && { 'retry-after': later }) };
  // A status without a body takes none, not even an empty one.
  return new Response((await answer.text()) || null, { status, headers: kept });
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
function faultOf(error: unknown): VendorFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (code === 'slack_webapi_rate_limited_error') {
    const seconds = 'retryAfter' in error ? Number(error.retryAfter) : Number.NaN;
    return rateLimited(new Headers(Number.isFinite(seconds) ? { 'retry-after': String(seconds) } : {}));
  }
  if (code === 'slack_webapi_http_error') {
    const status = 'statusCode' in error ? Number(error.statusCode) : 0;
    return status >= 500
      ? new VendorFault('unavailable', `${status}`)
      : new VendorFault('unexpected', `HTTP ${status}`);
  }
  if (code !== 'slack_webapi_platform_error') return undefined;
  const said = platformError(error);
  if (said === undefined) return new VendorFault('unexpected', 'no JSON');
  const [fault, detail] = meanings[said] ?? ['refused', `${said}.`];
  return new VendorFault(fault, detail);
}

/** Slack's own word; the client takes a web page for one too. */
function platformError(error: Error): string | undefined {
  const data = 'data' in error ? error.data : undefined;
  const said = typeof data === 'object' && data !== null && 'error' in data ? data.error : undefined;
  return typeof said === 'string' && /^[a-z0-9_]{1,80}$/.test(said) ? said : undefined;
}
