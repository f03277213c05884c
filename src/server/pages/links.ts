import { sitePath } from '../../contract/login.ts';

/** A one-time link. The pages ask for a click before they use it up, so that no preview of the link does. */
export function linkTo(publicUrl: string, page: 'login' | 'invite', secret: string): string {
  return `${publicUrl}/${page}?token=${encodeURIComponent(secret)}`;
}

/** Where to go afterwards; what is no path of this site is the first page instead. */
export const next = sitePath.catch('/');
