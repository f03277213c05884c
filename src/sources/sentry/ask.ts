import { z } from 'zod';
import type { VendorCall } from '../provider.ts';
import type { VendorAnswer } from '../vendor-client.ts';
import { VendorFault } from '../vendor-fault.ts';

export interface SentryRequest {
  /** Path segments under `/api/0/`: each is encoded, so that none can lead elsewhere. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly method?: 'GET' | 'PUT';
  readonly body?: unknown;
  /** What is not there where Sentry says 404. */
  readonly what: string;
}

/** Characters of what Sentry says is wrong with one field. */
const mostSaid = 200;
/** Sentry's reasons: `detail`, or the fields that are wrong. */
const detail = z.object({ detail: z.string() });
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Asks Sentry's API, and reads the answer by `shape`. Throws `VendorFault`. */
export async function askSentry<Shape extends z.ZodType>(
  { baseUrl, token, client }: VendorCall,
  { path, query = {}, method = 'GET', body, what }: SentryRequest,
  shape: Shape,
): Promise<{ data: z.infer<Shape>; nextCursor: string | null }> {
  const url = new URL(`${baseUrl.replace(/\/$/, '')}/api/0/${path.map(encodeURIComponent).join('/')}/`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const headers = { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const answer = await client.request(url, init, [400, 404]);
  refuse(answer, what);
  const data = shape.safeParse(answer.json);
  if (!data.success) throw new VendorFault('unreadable', 'an answer of another shape');
  return { data: data.data, nextCursor: nextCursor(answer.headers.get('link') ?? '') };
}

function refuse({ status, json }: VendorAnswer, what: string): void {
  if (status === 404) throw new VendorFault('not_found', what);
  if (status === 400) throw new VendorFault('refused', reason(json));
}

function reason(json: unknown): string {
  const said = detail.safeParse(json);
  if (said.success) return said.data.detail;
  const wrong = fields.safeParse(json);
  if (!wrong.success) return 'it gave no reason that can be read.';
  const told = Object.entries(wrong.data).slice(0, 5);
  return told.map(([field, why]) => `${field}: ${[why].flat().join(' ').slice(0, mostSaid)}`).join('; ');
}

/** `<…>; rel="next"; results="true"; cursor="…"`, as Sentry pages. */
function nextCursor(link: string): string | null {
  const next = link.split(',').find((part) => /rel="next"/.test(part) && /results="true"/.test(part));
  return /cursor="([^"]+)"/.exec(next ?? '')?.[1] ?? null;
}
