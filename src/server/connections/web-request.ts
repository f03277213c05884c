import type { FastifyRequest } from 'fastify';
import { clientAddressHeader } from '../auth/better-auth.ts';

/** A Fastify request's headers as the web knows them, with the client's true address in place of any it claims. */
export function webHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) headers.append(name, one);
  }
  headers.set(clientAddressHeader, request.ip);
  return headers;
}

/** A Fastify request as the web has it, at this origin; `path` stands in for its own. */
export function webRequest(request: FastifyRequest, origin: string, path = request.url): Request {
  const url = new URL(path, origin);
  if (request.method === 'GET' || request.method === 'HEAD') {
    return new Request(url, { method: request.method, headers: webHeaders(request) });
  }
  const headers = webHeaders(request);
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return new Request(url, {
    method: request.method,
    headers,
    body: JSON.stringify(request.body ?? {}),
  });
}
