import { z } from 'zod';
import { type ModeSource, modeSources } from '../shared/reasons.ts';

export const riskLevel = z.enum(['read', 'write', 'danger']);
export type RiskLevel = z.infer<typeof riskLevel>;

export const mode = z.enum(['allow', 'require_approval', 'deny']);
export type Mode = z.infer<typeof mode>;

export const modeSource = z.enum(modeSources);
export type { ModeSource };

/** Stored maps may hold values that are no mode (an older or foreign writer); those deny. */
export type StoredModes = Readonly<Record<string, unknown>>;

/** What a key must look like to be stored at all: something, a colon, something. */
export const modeKeyText = z
  .string()
  .max(400)
  .regex(
    /^[^\s:/][^\s]*:[^\s]+$/,
    'a mode key is sourceId:actionId, with a colon, like "linear:create_issue"',
  );

export const modesAnswer = z.object({ modes: z.record(z.string(), z.string()) });
export const modesBody = z.strictObject({ modes: z.record(modeKeyText, mode) });
export const modeBody = z.strictObject({ mode });

/** What a source says of how dangerous one of its actions is; `policy/risk` weighs it. */
export interface RiskHints {
  /** What an MCP server says of its own tool. */
  readonly destructiveHint?: boolean | undefined;
  readonly readOnlyHint?: boolean | undefined;
  /** What its source says where nothing else is known. */
  readonly default?: RiskLevel | null;
}
