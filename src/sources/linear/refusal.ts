import { z } from 'zod';
import { rateLimited, unavailable } from '../vendor-client.ts';
import { VendorFault } from '../vendor-fault.ts';

/** What Linear says of an error. */
const said = z.object({
  message: z.string().catch('it gave no reason that can be read.'),
  path: z.array(z.unknown()).nullish().catch(null),
  extensions: z
    .object({
      code: z.string().nullish().catch(null),
      userPresentableMessage: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

type Said = z.infer<typeof said>;

/** Linear's codes for what it finds wrong with a request before it does anything; under any other, it may have been done. */
const beforeDoing: Readonly<Record<string, (message: string, headers: Headers) => VendorFault>> = {
  AUTHENTICATION_ERROR: () => new VendorFault('unauthorized', 'AUTHENTICATION_ERROR'),
  FORBIDDEN: () => new VendorFault('forbidden', 'FORBIDDEN'),
  RATELIMITED: (_message, headers) => rateLimited(headers),
  INPUT_ERROR: refused,
  USER_ERROR: refused,
  FEATURE_NOT_ACCESSIBLE: refused,
  USAGE_LIMIT_EXCEEDED: refused,
  BAD_REQUEST: refused,
  BAD_USER_INPUT: refused,
  GRAPHQL_PARSE_FAILED: refused,
  GRAPHQL_VALIDATION_FAILED: refused,
};

/** Linear's codes for trouble of its own. */
const trouble: ReadonlySet<string> = new Set([
  'INTERNAL_SERVER_ERROR',
  'INTERNAL_ERROR',
  'LOCK_TIMEOUT',
  'NETWORK_ERROR',
]);

/** Errors of one answer that are looked at. */
const mostErrors = 20;

/** What the errors of an answer come to: the one that leaves most open. */
export function linearFault(errors: readonly unknown[], headers: Headers): VendorFault | undefined {
  const faults = errors.slice(0, mostErrors).map((error) => faultOf(error, headers));
  return faults.find(({ code }) => code === 'unclear' || code === 'unavailable') ?? faults[0];
}

function faultOf(error: unknown, headers: Headers): VendorFault {
  const read = said.safeParse(error);
  if (!read.success) return new VendorFault('unclear', 'it gave no reason that can be read.');
  const { extensions, message } = read.data;
  const code = extensions?.code ?? '';
  const told = extensions?.userPresentableMessage ?? message;
  if (trouble.has(code)) return unavailable(code, headers);
  const known = Object.hasOwn(beforeDoing, code) ? beforeDoing[code] : undefined;
  return known === undefined || isWithin(read.data) ? new VendorFault('unclear', told) : known(told, headers);
}

/** Below the field that was asked for: that field itself has been answered, and a mutation made. */
function isWithin({ path }: Said): boolean {
  return (path?.length ?? 0) > 1;
}

function refused(message: string): VendorFault {
  return message.startsWith('Entity not found')
    ? new VendorFault('not_found', message.replace(/^Entity not found: ?/, 'such '))
    : new VendorFault('refused', message);
}
