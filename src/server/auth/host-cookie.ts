/** A cookie of one browser's, for a while. It signs nobody in. */
export interface HostCookie {
  /** The `Set-Cookie` header. */
  keep(value: string): string;
  forget(): string;
  /** `undefined` for what this gateway cannot have given. */
  read(headers: Headers): string | undefined;
}

export interface CookieKind {
  readonly name: string;
  /** `Lax` where the browser comes back with it from another site. */
  readonly sameSite: 'Lax' | 'Strict';
  /** Seconds. */
  readonly lifetime: number;
  /** All that a value can be. */
  readonly form: RegExp;
}

/** What every cookie of ours is that no script reads, at this address. */
export function hostCookie(publicUrl: string, { name, sameSite, lifetime, form }: CookieKind): HostCookie {
  const fullName = hostName(publicUrl, name);
  const line = (value: string, seconds: number) =>
    [
      `${fullName}=${value}`,
      `Max-Age=${seconds}`,
      'Path=/',
      'HttpOnly',
      ...(isSecure(publicUrl) ? ['Secure'] : []),
      `SameSite=${sameSite}`,
    ].join('; ');
  return {
    keep: (value) => line(value, lifetime),
    forget: () => line('', 0),
    read: (headers) => {
      const value = valueOf(headers.get('cookie') ?? '', fullName);
      return form.test(value) ? value : undefined;
    },
  };
}

/**
 * At https the name begins with `__Host-`: a browser takes such a cookie from this very host alone, and for all of its paths
 * (RFC 6265bis, section 4.1.3.2).
 */
export function hostName(publicUrl: string, name: string): string {
  return isSecure(publicUrl) ? `__Host-${name}` : name;
}

export function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

function valueOf(header: string, name: string): string {
  const pair = header.split('; ').find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}
