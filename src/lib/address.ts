/** Where something listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `host:port` or `[ipv6]:port`; `undefined` where the text is neither, or the port is below `lowestPort` or over 65535. */
export function parseAddress(text: string, lowestPort = 1): Address | undefined {
  const [, bracketed, plain, digits = ''] =
    /^(?:\[([0-9A-Fa-f:.%a-z]+)\]|([^:[\]\s]+)):([0-9]{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port < lowestPort || port > 65_535 ? undefined : { host, port };
}

/** The same again, as people write it. */
export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
