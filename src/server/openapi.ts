import type { Access, RouteScope } from './access.ts';

/** How callers say who they are, as OpenAPI names it. */
export const securitySchemes = {
  userToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ast_u_…',
    description: 'A token of a person. What an operation lists for it are scopes that the token must have.',
  },
  sessionToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ast_s_…',
    description: 'The token of an agent’s session. It has no scopes.',
  },
  browser: {
    type: 'apiKey',
    in: 'header',
    name: 'x-assent-page',
    description:
      'What a page of the gateway sends beside its cookie. A browser in which a person is signed in has every scope.',
  },
} as const;

type Requirement = Readonly<Partial<Record<keyof typeof securitySchemes, readonly string[]>>>;

/** With which of them an operation can be called. */
export function securityOf(access: Access, scope: RouteScope | undefined): Requirement[] {
  if (access === 'public') return [];
  if (access === 'session') return [{ sessionToken: [] }];
  return [...peoples(scope), ...(access === 'reader' ? [{ sessionToken: [] }] : [])];
}

function peoples(scope: RouteScope | undefined): Requirement[] {
  const browser = { browser: [] };
  return scope === undefined || scope === 'browser' ? [browser] : [{ userToken: [scope] }, browser];
}
