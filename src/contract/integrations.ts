import { z } from 'zod';
import { time } from './fields.ts';
import { maxSecretLength, minSecretLength } from './secrets.ts';

/** The id of a vendor that is built in; `sources/providers` has them all. */
export const providerId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'a provider is named by its id, like "linear"');

/** The token is write-only: no answer holds it. */
export const integrationBody = z.strictObject({
  token: z
    .string()
    .min(
      minSecretLength,
      `a token has at least ${minSecretLength} characters: a shorter one cannot be redacted`,
    )
    .max(maxSecretLength)
    .regex(/^[\x21-\x7e]+$/, 'a token has no blanks and no line ends'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .regex(/^[^@?#]*$/, 'a base URL holds no password, query or fragment')
    .nullable()
    .default(null),
});
export type IntegrationBody = z.infer<typeof integrationBody>;

export const integration = z.object({
  provider: providerId,
  displayName: z.string(),
  /** `null` is the vendor's own. */
  baseUrl: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
});
export type Integration = z.infer<typeof integration>;

export const integrationAnswer = z.object({ integration });
export const integrationsAnswer = z.object({
  integrations: z.array(integration),
  /** Every vendor that is built in, set up or not. `baseUrl` is the vendor's own. */
  providers: z.array(z.object({ id: providerId, displayName: z.string(), baseUrl: z.string() })),
});
export type IntegrationsAnswer = z.infer<typeof integrationsAnswer>;
