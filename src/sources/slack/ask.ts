import type { WebClient } from '@slack/web-api';
import { isJsonObject, tryParseJson } from '../../lib/json.ts';
import type { VendorCall } from '../provider.ts';
import { faultOfStatus, isPage } from '../vendor-client.ts';
import { VendorFault } from '../vendor-fault.ts';
import { slackRefusal } from './refusal.ts';

/**
 * Asks Slack through its own client, whose fetch is ours and whose retries are off. An answer that Slack calls ok is one, also where
 * the client stumbles over it. Throws `VendorFault`.
 */
export async function askSlack(
  { baseUrl, token, client }: VendorCall,
  ask: (slack: WebClient) => Promise<unknown>,
): Promise<unknown> {
  const heard: Heard = { status: undefined, headers: new Headers(), text: '' };
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
    const said = isSuccess(heard) ? tryParseJson(heard.text) : undefined;
    if (isJsonObject(said) && said['ok'] === true) return said;
    throw faultOf(heard) ?? client.faultOf(error);
  }
}

/** The last answer, as it came; no status where it did not come whole. */
interface Heard {
  status: number | undefined;
  headers: Headers;
  text: string;
}

function isSuccess({ status = 0 }: Heard): boolean {
  return status >= 200 && status < 300;
}

/**
 * The client unpacks what calls itself gzip, without a limit and where nobody can catch it, and goes by other headers too. It
 * sees none; of one that is to be asked again it wants a number.
 */
async function onlyJson(answer: Response, heard: Heard): Promise<Response> {
  const { status, headers } = answer;
  heard.text = await answer.text();
  heard.status = status;
  heard.headers = headers;
  const kept = { 'content-type': 'application/json', ...(status === 429 && { 'retry-after': '0' }) };
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

/** What went wrong, by the answer itself: what the client makes of it depends on its version. */
function faultOf({ status, headers, text }: Heard): VendorFault | undefined {
  if (status === undefined) return undefined;
  const fault = faultOfStatus(status, headers);
  if (fault !== undefined) return fault;
  if (status < 200 || status >= 300) return new VendorFault('unexpected', `HTTP ${status}`);
  const said = tryParseJson(text);
  if (!isJsonObject(said)) return new VendorFault(isPage(text) ? 'unexpected' : 'unreadable', 'no JSON');
  return slackRefusal(said, headers);
}
