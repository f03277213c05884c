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

export const connectorTransport = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('http'), url: z.url({ protocol: /^https?$/ }).max(2000) }),
  z.strictObject({
    type: z.literal('stdio'),
    command: z.string().min(1).max(1000),
    args: z.array(z.string().max(4000)).max(100).default([]),
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
