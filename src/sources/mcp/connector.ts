import type { ConnectorAuth, ConnectorTransport, OmittedTool } from '../../contract/connectors.ts';
import type { RiskLevel } from '../../contract/modes.ts';
import type { Clock } from '../../lib/clock.ts';

export interface McpConnector {
  readonly id: string;
  readonly name: string;
  readonly transport: ConnectorTransport;
  readonly auth: ConnectorAuth;
  readonly defaultRisk: RiskLevel | null;
  /** Changes when the configuration does: part of the cache key. */
  readonly version: number;
}

export interface McpOptions {
  readonly allowStdio: boolean;
  readonly allowPrivateAddresses: boolean;
  readonly clock: Clock;
  /** The deadline of a listing, in ms; 15,000 where it is not given. */
  readonly listMs?: number;
  /** The deadline of a call, in ms; 30,000. */
  readonly callMs?: number;
  /** How long a listing is kept for a session, in ms; 300,000. */
  readonly cacheMs?: number;
  /** Ours, which servers are told. */
  readonly version: string;
  /** Hears of every tool that a listing leaves out. */
  readonly log?: (details: OmittedTool & { readonly connectorId: string }) => void;
}
