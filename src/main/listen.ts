import type { FastifyInstance } from 'fastify';
import type { Address } from '../lib/address.ts';
import { AssentError, codeOf } from '../lib/errors.ts';

/** The flags that move a server elsewhere, for what is said where it cannot listen. */
interface MovedBy {
  readonly host: string;
  readonly port: string;
}

export const gatewayFlags: MovedBy = { host: '--host', port: '--port, or --port 0 for any free one' };
export const metricsFlags: MovedBy = { host: '--metrics', port: '--metrics' };

/** Gives the address that it listens at. Throws `cannot_listen`, with what to do. */
export async function listen(server: FastifyInstance, at: Address, movedBy: MovedBy): Promise<string> {
  try {
    return await server.listen({ host: at.host, port: at.port });
  } catch (cause) {
    throw listenError(cause, at, movedBy);
  }
}

function listenError(cause: unknown, { host, port }: Address, movedBy: MovedBy): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use. Choose another with ${movedBy.port}.`,
    EACCES: `Port ${port} on ${host} needs more rights than this user has. Choose one above 1023 with ${movedBy.port}.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Choose another with ${movedBy.host}.`,
    ENOTFOUND: `${host} is not known as an address. Choose another with ${movedBy.host}.`,
  };
  const reason = reasons[codeOf(cause) ?? ''];
  return reason === undefined ? cause : new AssentError('cannot_listen', reason, { cause });
}
