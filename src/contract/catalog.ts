import { z } from 'zod';
import { json } from './fields.ts';
import { mode, modeSource, riskLevel } from './modes.ts';

export const catalogAction = z.object({
  id: z.string(),
  description: z.string(),
  riskLevel,
  mode,
  modeSource,
  /** JSON Schema of the parameters. */
  params: json,
});

export const catalogSource = z.object({
  id: z.string(),
  kind: z.string(),
  displayName: z.string(),
  actions: z.array(catalogAction),
});
export type CatalogSource = z.infer<typeof catalogSource>;

export const catalogAnswer = z.object({ sources: z.array(catalogSource) });
export type CatalogAnswer = z.infer<typeof catalogAnswer>;

export const guideAnswer = z.object({ sourceId: z.string(), guide: z.string() });
