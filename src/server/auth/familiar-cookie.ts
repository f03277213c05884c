import { familiarSeconds } from '../../gateway/people/familiar.ts';

/** What a browser shows of an earlier sign-in here with a password. It signs nobody in. */
export function familiarBrowser(headers: Headers, publicUrl: string): string | undefined {
  const start = `${cookieName(publicUrl)}=`;
  const cookies = (headers.get('cookie') ?? '').split('; ');
  const value = cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length);
  return value !== undefined && /^[A-Za-z0-9_-]{22}$/.test(value) ? value : undefined;
}

/** The `Set-Cookie` header that lets a browser show it. */
export function familiarCookie(browser: string, publicUrl: string): string {
  const secure = isSecure(publicUrl) ? '; Secure' : '';
  return `${cookieName(publicUrl)}=${browser}; Path=/; Max-Age=${familiarSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** With the prefix that no other host can set a cookie under, where browsers know it (RFC 6265bis, section 4.1.3.2). */
function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-assent.familiar' : 'assent.familiar';
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
