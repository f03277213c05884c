import type { JsonObject } from '../../lib/json.ts';
import { type SourceAnswer, type SourceContext, SourceError } from '../action-source.ts';
import { callTool, type OnServerProgress } from './call-tool.ts';
import { cleanText } from './clean-text.ts';
import { type CommandTurns, longestWaitMs } from './command-turns.ts';
import type { McpConnector, McpOptions } from './connector.ts';
import { type Credentials, headersFor, variablesFor } from './credentials.ts';
import { McpFault, sentenceOf } from './faults.ts';
import { openHttpConnection } from './http-connection.ts';
import { endedWithStop } from './last-words.ts';
import type { OperationLimits } from './limits.ts';
import { type Listing, listTools, withoutCredentials } from './list-tools.ts';
import type { McpConnection } from './mcp-connection.ts';
import { openOldHttpConnection } from './old-http-connection.ts';
import { OperationFailure, runOperation, type Server } from './run-operation.ts';
import { openStdioConnection } from './stdio-connection.ts';
import { toolAnswer } from './tool-answer.ts';

/** A connector, and all that is needed to talk to its server once. */
export interface CallContext {
  readonly connector: McpConnector;
  readonly options: McpOptions;
  readonly limits: OperationLimits;
  readonly turns: CommandTurns;
  readonly context: SourceContext;
  readonly revision: Server['revision'];
}

/** Asks for the tools. Throws `SourceError` `source_unavailable`. */
export function fetchListing(call: CallContext): Promise<Listing> {
  const { context, limits } = call;
  return withErrors(call, { whenSent: 'source_unavailable', waitMs: limits.listMs }, async (server) => {
    const listing = await runOperation(server, {
      startMs: limits.startMs,
      limitMs: limits.listMs,
      signal: context.signal,
      repeatable: true,
      run: (client, { options, answer }) => listTools(client, options, answer),
    });
    return withoutCredentials(listing, (text) => context.withoutSecrets(text));
  });
}

/**
 * Calls a tool, once. Throws where there is no answer, `SourceError`: `source_unavailable` where nothing was
 * sent, otherwise `action_failed`.
 */
export function performCall(
  call: CallContext,
  name: string,
  params: JsonObject,
  inputSchema: JsonObject | undefined,
): Promise<SourceAnswer> {
  const { context, limits } = call;
  return withErrors(call, { whenSent: 'action_failed', waitMs: longestWaitMs }, async (server) => {
    const arrived = await runOperation(server, {
      startMs: limits.startMs,
      limitMs: limits.callMs,
      longestMs: limits.longestCallMs,
      signal: context.signal,
      repeatable: false,
      run: (client, asking) => {
        const onProgress: OnServerProgress = (progress) => {
          asking.extend();
          report(context, progress);
        };
        return callTool({ ...asking, client, onProgress }, name, params, inputSchema);
      },
    });
    return toolAnswer(arrived, name);
  });
}

/** What a server says of its progress, for those who listen. */
function report(
  { onProgress }: SourceContext,
  { progress, total, message }: Parameters<OnServerProgress>[0],
): void {
  if (message !== undefined) onProgress?.(cleanText(message, 500));
  else if (total !== undefined && total > 0) onProgress?.(progress / total);
}

/** `whenSent` is the code of a failure after the request may have arrived; `waitMs` how long to wait for a turn. */
async function withErrors<T>(
  call: CallContext,
  { whenSent, waitMs }: { readonly whenSent: SourceError['code']; readonly waitMs: number },
  work: (server: Server) => Promise<T>,
): Promise<T> {
  try {
    const credentials = await credentialsFor(call);
    using _ = await call.turns.take(call.connector, waitMs, call.context.signal);
    return await work(serverOf(call, credentials));
  } catch (error) {
    throw toSourceError(error, call, whenSent);
  }
}

async function credentialsFor({
  connector: { transport, auth },
  options,
  context,
}: CallContext): Promise<Credentials> {
  if (transport.type === 'stdio') {
    if (!options.allowStdio) throw new McpFault('stdio_not_allowed');
    return variablesFor(transport, auth, context);
  }
  const { username, password } = new URL(transport.url);
  if (username !== '' || password !== '') {
    throw new McpFault(
      'bad_configuration',
      "its address holds a user name or a password. Keep that in a secret, and name it in the connector's auth.",
    );
  }
  return headersFor(transport, auth, context);
}

function serverOf(call: CallContext, credentials: Credentials): Server {
  return {
    version: call.options.version,
    revision: call.revision,
    isOfHttp: call.connector.transport.type === 'http',
    open: (isOld) => openConnection(call, credentials, isOld),
  };
}

function openConnection(
  { connector: { transport }, options }: CallContext,
  { values, hasSecret }: Credentials,
  isOld: boolean,
): McpConnection {
  if (transport.type === 'stdio') return openStdioConnection({ ...transport, env: values });
  const { allowPrivateAddresses } = options;
  const url = new URL(transport.url);
  const address = { url, headers: values, hasCredential: hasSecret, allowPrivateAddresses };
  return isOld ? openOldHttpConnection(address) : openHttpConnection(address);
}

function serverName({ transport, name }: McpConnector): string {
  return transport.type === 'stdio'
    ? `The MCP server "${cleanText(name, 100)}"`
    : `The MCP server at ${new URL(transport.url).host}`;
}

function toSourceError(
  error: unknown,
  { connector, context }: CallContext,
  whenSent: SourceError['code'],
): unknown {
  const failure =
    error instanceof McpFault ? new OperationFailure({ fault: error, sent: false, words: undefined }) : error;
  // A secret that is not set, or a mistake of ours.
  if (!(failure instanceof OperationFailure)) return failure;
  const { sent } = failure;
  const { fault, remarks } = withWords(failure, context);
  const server = serverName(connector);
  const text = sentenceOf(fault, { server, remarks, sent: sent && whenSent === 'action_failed' });
  return new SourceError(sent ? whenSent : 'source_unavailable', context.withoutSecrets(text), {
    cause: new McpFault(fault.code),
  });
}

/** What a command wrote is told with whatever went wrong: it often knows why. */
function withWords(
  { fault, words }: OperationFailure,
  context: SourceContext,
): { readonly fault: McpFault; readonly remarks: readonly string[] } {
  const withoutSecrets = (text: string): string => context.withoutSecrets(text);
  const said = words?.stderr(withoutSecrets) ?? '';
  const strays = words?.strays(withoutSecrets) ?? '';
  const remarks = strays === '' || fault.code === 'too_large' ? [] : [strays];
  if (said === '') return { fault, remarks };
  if (fault.code === 'command_ended')
    return { fault: new McpFault('command_ended', `${fault.message}: ${said}`), remarks };
  return { fault, remarks: [`It wrote to standard error: ${endedWithStop(said)}`, ...remarks] };
}
