import type { Lease } from '../../store/transitions.ts';
import type { Gateway } from '../gateway.ts';

/** This gateway's word for a row it has taken on; `sweep` renews it while the process lives. */
export function leaseOf(gateway: Gateway): Lease {
  return { gatewayId: gateway.id, expiresAt: gateway.clock() + gateway.limits.leaseMs };
}
