/** `sourceId:actionId`. The only place where a mode key is made; nobody parses one back. */
export function modeKey(sourceId: string, actionId: string): string {
  return `${sourceId}:${actionId}`;
}
