import { z } from 'zod';
import { connectorTool, omittedTool } from './connectors.ts';
import { id } from './fields.ts';
import { mode, modeSource } from './modes.ts';

/** Which setting a source comes from: a connector, or a provider's integration, by its id. */
export const setUpBy = z.object({ type: z.enum(['connector', 'integration']), id: z.string() });
export type SetUpBy = z.infer<typeof setUpBy>;

/** What offers actions, as people see it who configure it. */
export const source = z.object({
  id: z.string(),
  kind: z.string(),
  displayName: z.string(),
  /** Whether an admin can pin what its actions are, and set the risk of each. */
  reviewable: z.boolean(),
  /** `null` where no setting made it, and none can remove it. */
  setUpBy: setUpBy.nullable(),
});
export type Source = z.infer<typeof source>;
export const sourcesAnswer = z.object({ sources: z.array(source) });

/** An action of any source, with what policy says of it for the organization, or for an automation. */
export const sourceAction = connectorTool.extend({
  /** What would hold if nothing were set here: the organization's default below an automation, the inferred mode below that. */
  inherited: z.object({ mode, modeSource }),
});
export type SourceAction = z.infer<typeof sourceAction>;
/** `omitted`: what the source lists besides, and nobody can use. */
export const sourceActionsAnswer = z.object({
  actions: z.array(sourceAction),
  omitted: z.array(omittedTool),
});
export type SourceActionsAnswer = z.infer<typeof sourceActionsAnswer>;
/** An action as a review leaves it, for the organization. */
export const reviewedActionAnswer = z.object({ action: connectorTool });
/** With an automation: what holds for its sessions. */
export const sourceActionsQuery = z.strictObject({ automationId: id.optional() });
export const sourceId = z.string().min(1).max(200);
