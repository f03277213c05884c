// Narrowing what came over the wire.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string as it is, and nothing for anything else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
