export const leastLength = 10;
const mostLength = 200;

/** What is wrong with a new password, before the gateway is asked; nothing where it may be taken. */
export function passwordFault(password: string, repeated: string): string | undefined {
  if (password.length < leastLength) return `A password has at least ${leastLength} characters.`;
  if (password.length > mostLength) return `A password has at most ${mostLength} characters.`;
  return password === repeated ? undefined : 'The two are not the same. Type the new password again.';
}
