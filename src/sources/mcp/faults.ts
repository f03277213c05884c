import { AssentError } from '../../lib/errors.ts';

interface Sentence {
  /** What happened and what to do; `server` begins it, `detail` is the fault's own. */
  readonly text: (server: string, detail: string) => string;
  /** Whether a call that ended so may still have been carried out. */
  readonly uncertain?: boolean;
}

/** Every way in which talking to an MCP server ends badly, and the one sentence for it. */
const sentences = {
  deadline: {
    text: (server, limit) => `${server} did not answer within ${limit}. Check that it works, then try again.`,
    uncertain: true,
  },
  stopped: { text: (server) => `${server} was given up: the gateway stopped waiting.`, uncertain: true },
  private_address: {
    text: (server) =>
      `${server} has a private, local or otherwise not public address, which connectors may not call. Start the gateway with --allow-private-addresses to allow it.`,
  },
  stdio_not_allowed: {
    text: (server) =>
      `${server} is a local command. Start the gateway with --allow-stdio-connectors to allow it.`,
  },
  bad_configuration: { text: (server, detail) => `${server} cannot be used: ${detail}` },
  unreachable: {
    text: (server, code) =>
      `${server} cannot be reached (${code}). Check the connector's address and that the server runs.`,
  },
  proxy: {
    text: (server, status) =>
      `${server} cannot be reached: the proxy refuses (${status}). Check HTTPS_PROXY and NO_PROXY where the gateway starts.`,
  },
  certificate: {
    text: (server, code) =>
      `${server} has no certificate that can be trusted (${code}). Renew it, or correct the connector's address.`,
  },
  command_missing: {
    text: (server, code) =>
      `${server} cannot be started (${code}). Install the command on the gateway's machine, or give its full path.`,
  },
  busy: {
    text: (server, detail) =>
      `${server} is busy: ${detail}, and it does one thing at a time. Nothing was sent: try again later. If several of its processes may run together, say so in the connector (--parallel).`,
  },
  command_ended: {
    text: (server, detail) => `${server} ended before it answered (${detail}).`,
    uncertain: true,
  },
  redirect: {
    text: (server, status) =>
      `${server} redirects to another address (HTTP ${status}), which is not followed. Give the connector the final address.`,
    uncertain: true,
  },
  too_large: {
    text: (server, limit) => `${server} sent more than ${limit}, which is not read. Ask it for less.`,
    uncertain: true,
  },
  unauthorized: {
    text: (server, status) =>
      `${server} refuses the connector's credentials (HTTP ${status}). Check the connector's secret.`,
  },
  no_credentials: {
    text: (server, status) =>
      `${server} refuses the connector, which shows no credential (HTTP ${status}). If the server wants one, keep it as a secret, and name it in the connector's auth; otherwise look at what stands in front of the server.`,
  },
  sign_in: {
    text: (server, status) =>
      `${server} wants an OAuth sign-in (HTTP ${status}), which connectors do not do. If it takes a token or an API key as well, keep that as a secret, and name it in the connector's auth.`,
  },
  sign_in_anew: {
    text: (server, status) =>
      `${server} refuses the connector's credentials (HTTP ${status}), and wants an OAuth sign-in, which connectors do not do. Check the connector's secret: it may have expired, or must be a token that was made at the server.`,
  },
  not_found: {
    text: (server) =>
      `${server} has nothing at this path (HTTP 404). Check the path in the connector's address, often /mcp.`,
    uncertain: true,
  },
  http: {
    text: (server, status) => `${server} answered with HTTP ${status}. Check the server's own log.`,
    uncertain: true,
  },
  not_mcp: {
    text: (server) =>
      `${server} sent something that is not MCP. Check the connector's address, and the server's own log.`,
    uncertain: true,
  },
  refused: { text: (server, detail) => `${server} refused: ${detail}` },
  question: {
    text: (server) =>
      `${server} asked a question back, which a call through the gateway cannot answer. Give it all it needs in the params.`,
  },
  closed: {
    text: (server) => `${server} closed the connection before it answered. Check the server's own log.`,
    uncertain: true,
  },
} as const satisfies Record<string, Sentence>;

export type FaultCode = keyof typeof sentences;

/** What went wrong with an MCP server, before it is known who is told; `detail` fills the sentence. */
export class McpFault extends AssentError<FaultCode> {
  constructor(code: FaultCode, detail = '', options?: ErrorOptions) {
    super(code, detail, options);
  }
}

/** What a sentence takes beside the fault. */
export interface Circumstances {
  /** Who it is about. */
  readonly server: string;
  /** Whether a call may have reached the server. */
  readonly sent: boolean;
  /** What else there is to say, in sentences. */
  readonly remarks: readonly string[];
}

export function sentenceOf(fault: McpFault, { server, sent, remarks }: Circumstances): string {
  const sentence: Sentence = sentences[fault.code];
  const warning = 'The call may have been carried out: look there before trying again.';
  const isUncertain = sent && sentence.uncertain === true;
  return [sentence.text(server, fault.message), ...remarks, ...(isUncertain ? [warning] : [])].join(' ');
}
