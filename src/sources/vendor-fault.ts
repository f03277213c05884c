import { AssentError } from '../lib/errors.ts';
import { duration } from './retry-after.ts';

interface Sentence {
  /** `vendor` begins it; `detail` is the fault's own. */
  readonly text: (vendor: string, detail: string) => string;
  /** Whether a write that ended so may still have been carried out. */
  readonly uncertain?: true;
  /** What to do, unless a write may have been carried out: then that is what to look at. */
  readonly advice?: string | ((retryAfterMs: number | undefined) => string);
  /** Whether a read is worth asking again. */
  readonly passing?: true;
}

function again(retryAfterMs: number | undefined): string {
  return `Try again ${retryAfterMs === undefined ? 'later' : `in ${duration(retryAfterMs)}`}.`;
}

/** Every way in which asking a vendor ends badly, and the one sentence for it. What the vendor itself said stands in a refusal alone, redacted and cut. */
const sentences = {
  deadline: {
    text: (vendor, limit) => `${vendor} did not answer within ${limit}.`,
    uncertain: true,
  },
  stopped: { text: (vendor) => `${vendor} was given up: the gateway stopped waiting.`, uncertain: true },
  unauthorized: {
    text: (vendor, status) =>
      `${vendor} does not accept the token (${status}). It may be wrong or revoked: an admin sets it anew with \`assent integrations set\`.`,
  },
  forbidden: {
    text: (vendor, detail) =>
      `${vendor} does not let this token do that (${detail}). Give it the scope, or ask for less.`,
  },
  not_found: { text: (vendor, detail) => `${vendor} has no ${detail}.` },
  ambiguous: { text: (vendor, detail) => `${vendor} has ${detail}. Name the one that is meant by its id.` },
  refused: { text: (vendor, detail) => `${vendor} refused: ${detail}` },
  unclear: { text: (vendor, detail) => `${vendor} refused: ${detail}`, uncertain: true },
  rate_limited: {
    text: (vendor) => `${vendor} has had enough requests for now.`,
    advice: again,
    passing: true,
  },
  unavailable: {
    text: (vendor, detail) => `${vendor} has trouble of its own (${detail}).`,
    advice: again,
    uncertain: true,
    passing: true,
  },
  unexpected: {
    text: (vendor, detail) => `${vendor} answered with something that is not its API (${detail}).`,
    advice: 'Check the base URL.',
    uncertain: true,
  },
  unreadable: {
    text: (vendor, detail) => `${vendor} answered, and not as its API does (${detail}).`,
    advice: 'Check the base URL.',
    uncertain: true,
  },
  too_large: {
    text: (vendor, limit) => `${vendor} sent more than ${limit}, which is not read. Ask it for less.`,
    uncertain: true,
  },
  redirect: {
    text: (vendor, status) =>
      `${vendor} redirects to another address (HTTP ${status}), which is not followed. Set the final base URL.`,
    uncertain: true,
  },
  private_address: {
    text: (vendor) =>
      `${vendor} has a private, local or otherwise not public address, which the gateway may not call. Start it with --allow-private-addresses to allow that.`,
  },
  proxy: {
    text: (vendor, status) =>
      `${vendor} cannot be reached: the proxy refuses (${status}). Check HTTPS_PROXY and NO_PROXY where the gateway starts.`,
  },
  certificate: {
    text: (vendor, code) => `${vendor} has no certificate that can be trusted (${code}). Check the base URL.`,
  },
  unreachable: {
    text: (vendor, code) => `${vendor} cannot be reached (${code}). Check the base URL, and the network.`,
    passing: true,
  },
  closed: {
    text: (vendor) => `${vendor} closed the connection before it answered.`,
    uncertain: true,
    passing: true,
  },
} as const satisfies Record<string, Sentence>;

export type VendorFaultCode = keyof typeof sentences;

/** What went wrong with a vendor; the message is the detail that its sentence takes. */
export class VendorFault extends AssentError<VendorFaultCode> {
  /** When the vendor wants to be asked again, in milliseconds from now, where it says so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: VendorFaultCode,
    detail = '',
    options: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }

  get isPassing(): boolean {
    const sentence: Sentence = sentences[this.code];
    return sentence.passing === true;
  }
}

/** `sent` says whether something that changes the vendor's world may have reached it. */
export function vendorSentence(fault: VendorFault, vendor: string, sent: boolean): string {
  const sentence: Sentence = sentences[fault.code];
  const text = sentence.text(vendor, fault.message);
  if (sent && sentence.uncertain === true)
    return `${text} It may have been carried out: look there before trying again.`;
  const { advice } = sentence;
  if (advice === undefined) return text;
  return `${text} ${typeof advice === 'string' ? advice : advice(fault.retryAfterMs)}`;
}
