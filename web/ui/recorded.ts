/** What stands in the place of a secret, as the gateway writes it (`policy/secret-spans`). */
const redactionMark = '[redacted]';

/** Whether a recorded value holds marks of redaction, in a text or a member's name. */
export function hasRedacted(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(redactionMark);
  if (Array.isArray(value)) return value.some(hasRedacted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => name.includes(redactionMark) || hasRedacted(member));
}

/** How large a value was before it was shortened for the record (`policy/truncate`), bytes; `undefined` where it is whole. */
export function sizeBeforeCut(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '_truncated')) return undefined;
  const { _truncated: isCut, _originalSize: size } = value as {
    _truncated?: unknown;
    _originalSize?: unknown;
  };
  // Both marks stand together, and are of these types; whatever else is so called came from the agent.
  return isCut === true && typeof size === 'number' ? size : undefined;
}

/** Whether the gateway has put a reason in place of a result that could not be shown. */
export function isWithheld(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === '_withheld';
}

/** `812 B`, `48 kB`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
