/** A one-time link. The pages ask for a click before they use it up, so that no preview of the link does. */
export function linkTo(publicUrl: string, page: 'login' | 'invite', secret: string): string {
  return `${publicUrl}/${page}?token=${encodeURIComponent(secret)}`;
}
