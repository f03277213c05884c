import { getSystemErrorMessage } from 'node:util';
import { messageOf } from '../../lib/errors.ts';

/** What C's strerror says of a failed system call: "No such file or directory". */
export function systemMessage(error: Error & { readonly errno?: number | undefined }): string {
  const text =
    (error.errno === undefined ? undefined : getSystemErrorMessage(error.errno)) ?? messageOf(error);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
