import { connectorAuth, connectorTransport } from '../../contract/connectors.ts';
import { parseJson } from '../../lib/json.ts';
import type { ActionSource } from '../../sources/action-source.ts';
import { type McpConnector, type McpOptions, mcpSources } from '../../sources/mcp/mcp-sources.ts';
import { listConnectors } from '../../store/connectors.ts';
import type { ConnectorRow } from '../../store/tables.ts';
import type { SourceKind } from '../gateway.ts';

/** The sources that an organization's enabled connectors are. */
export function connectorSources(options: McpOptions): SourceKind {
  const sourceOf = mcpSources(options);
  return async (gateway, organizationId) => {
    const rows = await listConnectors(gateway.store.db, organizationId);
    return rows.filter((row) => row.enabled === 1).map((row): ActionSource => sourceOf(toMcpConnector(row)));
  };
}

function toMcpConnector(row: ConnectorRow): McpConnector {
  return {
    id: row.id,
    name: row.name,
    transport: connectorTransport.parse(parseJson(row.transport)),
    auth: connectorAuth.parse(parseJson(row.auth)),
    defaultRisk: row.default_risk,
    version: row.updated_at,
  };
}
