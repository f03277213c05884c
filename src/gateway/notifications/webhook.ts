import { createHmac } from 'node:crypto';
import type { Invocation } from '../../contract/invocation.ts';
import type { Secret } from '../../lib/secret.ts';
import { vendorClient } from '../../sources/vendor-client.ts';
import { VendorFault } from '../../sources/vendor-fault.ts';

export interface Announcement {
  /** Of the delivery: the same in every attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly invocation: Invocation;
  /** Where people decide. */
  readonly link: string;
}

export interface WebhookOptions {
  readonly url: string;
  readonly secret: Secret;
  readonly allowPrivateAddresses: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** How long a webhook may take to answer. */
const limitMs = 10_000;

/**
 * Posts an announcement, signed: `assent-signature` is `v1=` and the HMAC-SHA-256, in hex, of `assent-timestamp` (seconds), a
 * dot and the body. Anything but 2xx throws `VendorFault`.
 */
export async function postWebhook(
  { id, invocation, link }: Announcement,
  options: WebhookOptions,
): Promise<void> {
  const { url, secret, allowPrivateAddresses, now, signal } = options;
  const body = JSON.stringify({ type: 'action_approval_request', id, link, payload: { invocation } });
  const timestamp = Math.floor(now / 1000);
  await using client = vendorClient({ allowPrivateAddresses, signal, limitMs });
  try {
    const response = await client.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'assent',
        'assent-delivery': id,
        'assent-timestamp': String(timestamp),
        'assent-signature': signature(secret, timestamp, body),
      },
      body,
    });
    await response.body?.cancel();
    if (!response.ok) throw new VendorFault('refused', `HTTP ${response.status}.`);
  } catch (error) {
    throw client.faultOf(error);
  }
}

export function signature(secret: Secret, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex')}`;
}
