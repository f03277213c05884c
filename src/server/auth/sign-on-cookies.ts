import type { Secret } from '../../lib/secret.ts';

/** A cookie that ties what is under way to one browser, for as long as it is under way. It signs nobody in. */
export interface SignOnCookie {
  /** The `Set-Cookie` header. */
  keep(value: Secret): string;
  forget(): string;
  read(headers: Headers): string | undefined;
}

export interface CookieKind {
  readonly name: string;
  /** `Lax` where the browser comes back with it from another site. */
  readonly sameSite: 'Lax' | 'Strict';
  /** Seconds. */
  readonly lifetime: number;
}

/**
 * At https the name begins with `__Host-`: a browser takes such a cookie from this very host alone, and for all of its paths
 * (RFC 6265bis, section 4.1.3.2).
 */
export function signOnCookie(publicUrl: string, { name, sameSite, lifetime }: CookieKind): SignOnCookie {
  const isSecure = publicUrl.startsWith('https:');
  const fullName = isSecure ? `__Host-${name}` : name;
  const line = (value: string, seconds: number) =>
    [
      `${fullName}=${value}`,
      `Max-Age=${seconds}`,
      'Path=/',
      'HttpOnly',
      ...(isSecure ? ['Secure'] : []),
      `SameSite=${sameSite}`,
    ].join('; ');
  return {
    keep: (value) => line(value.reveal(), lifetime),
    forget: () => line('', 0),
    read: (headers) => valueOf(headers.get('cookie') ?? '', fullName),
  };
}

/** What `keepSignOn` gives out, and nothing else. */
const secretForm = /^[\w-]{43}$/;

function valueOf(header: string, name: string): string | undefined {
  const pair = header.split('; ').find((one) => one.startsWith(`${name}=`));
  const value = pair?.slice(name.length + 1) ?? '';
  return secretForm.test(value) ? value : undefined;
}
