import { z } from 'zod';
import { type RiskSource, riskSources } from '../shared/reasons.ts';
import { id, json, name, time } from './fields.ts';
import { mode, modeSource, riskLevel } from './modes.ts';
import { secretKey } from './secrets.ts';

/** An HTTP header's name (RFC 9110 token). */
const headerName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'not a header name');

/** How the gateway shows itself to the server; the secret's value is looked up by its key at each call. */
export const connectorAuth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('bearer'), secretKey }),
  z.strictObject({ type: z.literal('header'), header: headerName, secretKey }),
]);
export type ConnectorAuth = z.infer<typeof connectorAuth>;

/** A name with what stands under it: text that anybody may read, or a secret, looked up by its key at each call. */
function named(name: z.ZodString) {
  return z.union([
    z.strictObject({ name, value: z.string().max(4000) }),
    z.strictObject({ name, secretKey }),
  ]);
}
export type NamedValue = z.infer<ReturnType<typeof named>>;

const variableName = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable is letters, digits and "_"');

/** How long an operation of a connector may take at the most, whatever its limits are: a turn, a start, a call and its end; ms. */
export const longestConnectorMs = 1_000_000;

/** Milliseconds. What is absent is as usual: 15 s for a list and 30 s for a call, the start of a command or a connection included. */
const connectorLimits = z.strictObject({
  /** For the start and the handshake alone, before the others begin. */
  startMs: z.int().min(1000).max(120_000).optional(),
  listMs: z.int().min(1000).max(120_000).optional(),
  /** Without a word from the server: each report of progress grants a call as long again. */
  callMs: z.int().min(1000).max(600_000).optional(),
  /** Of a call, however often it reports progress. */
  longestCallMs: z.int().min(1000).max(600_000).optional(),
});
export type ConnectorLimits = z.infer<typeof connectorLimits>;

export const connectorTransport = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('http'),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    /** Sent with each request, beside what `auth` sends. */
    headers: z.array(named(headerName)).max(50).optional(),
    limits: connectorLimits.optional(),
  }),
  z.strictObject({
    type: z.literal('stdio'),
    command: z.string().min(1).max(1000),
    args: z.array(z.string().max(4000)).max(100).default([]),
    env: z.array(named(variableName)).max(100).optional(),
    /** The folder that it runs in; the gateway's own where it is absent. */
    cwd: z
      .string()
      .max(1000)
      .regex(/^\//, 'a working folder is an absolute path, like /srv/files')
      .optional(),
    /** Whether several of its processes may run at a time. */
    parallel: z.boolean().optional(),
    limits: connectorLimits.optional(),
  }),
]);
export type ConnectorTransport = z.infer<typeof connectorTransport>;

/** An MCP server whose tools are actions. Its source id is `connector:<id>`. */
export const connector = z.object({
  id,
  organizationId: id,
  sourceId: z.string(),
  name: z.string(),
  transport: connectorTransport,
  auth: connectorAuth,
  defaultRisk: riskLevel.nullable(),
  enabled: z.boolean(),
  createdAt: time,
  updatedAt: time,
});
export type Connector = z.infer<typeof connector>;

export const connectorBody = z.strictObject({
  name,
  transport: connectorTransport,
  auth: connectorAuth.default({ type: 'none' }),
  defaultRisk: riskLevel.nullable().default(null),
  enabled: z.boolean().default(true),
});
export type ConnectorBody = z.infer<typeof connectorBody>;

export const connectorPatch = z.strictObject({
  name: name.optional(),
  transport: connectorTransport.optional(),
  auth: connectorAuth.optional(),
  defaultRisk: riskLevel.nullable().optional(),
  enabled: z.boolean().optional(),
});
export type ConnectorPatch = z.infer<typeof connectorPatch>;

export const connectorAnswer = z.object({ connector });
export const connectorsAnswer = z.object({ connectors: z.array(connector) });

export const riskSource = z.enum(riskSources);
export type { RiskSource };

/** What an admin looked at when they reviewed a tool: beside it, drift can be shown and not only told. */
export const reviewedDefinition = z.object({
  by: z.string(),
  at: time,
  description: z.string(),
  params: json,
});
export type ReviewedDefinition = z.infer<typeof reviewedDefinition>;

export const connectorTool = z.object({
  id: z.string(),
  description: z.string(),
  riskLevel,
  riskSource,
  mode,
  modeSource,
  /** SHA-256 of the tool's id and input schema as they are now, without descriptions, defaults and enums: what drift is told by. */
  hash: z.string(),
  /** SHA-256 of all that a review looks at: also the tool's description, the whole schema, and its risk by its server's word. */
  shownHash: z.string(),
  /** The same at the last review; `null` where nobody has reviewed the tool. */
  reviewedHash: z.string().nullable(),
  drifted: z.boolean(),
  /** `null` where nobody has reviewed the tool, or only before definitions were kept. */
  reviewed: reviewedDefinition.nullable(),
  params: json,
  /** What of `params` the gateway does not check and leaves to the server, a sentence each: a JSON pointer into it, and why. */
  unchecked: z.array(z.string()),
});
export type ConnectorTool = z.infer<typeof connectorTool>;

/** A tool that a server lists and nobody can use, as far as it can be named, and why. */
export const omittedTool = z.object({ tool: z.string(), reason: z.string() });
export type OmittedTool = z.infer<typeof omittedTool>;

export const connectorToolsAnswer = z.object({
  tools: z.array(connectorTool),
  omitted: z.array(omittedTool),
});
export type ConnectorToolsAnswer = z.infer<typeof connectorToolsAnswer>;
export const connectorToolAnswer = z.object({ tool: connectorTool });
/**
 * `riskLevel`: `null` takes an earlier override back, absent leaves it as it is. `hash` and `shownHash` are those of the tool
 * that was looked at: where one of them is another by now, the answer is `conflict`, and nothing is pinned. `shownHash` covers
 * what `hash` does, and what a person reads besides.
 */
export const reviewBody = z
  .strictObject({
    riskLevel: riskLevel.nullable().optional(),
    hash: z.string().max(64).optional(),
    shownHash: z.string().max(64).optional(),
  })
  .optional();
export type Review = NonNullable<z.infer<typeof reviewBody>>;
