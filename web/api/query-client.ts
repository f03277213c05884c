import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './refusal.ts';
import { signInAgain } from './sign-in-again.ts';

/** What a little later may be otherwise: the gateway starts, or the same person looks for much in several windows. */
const passing: ReadonlySet<ApiError['code']> = new Set(['unreachable', 'rate_limited', 'unavailable']);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signInAgain }),
  mutationCache: new MutationCache({ onError: signInAgain }),
  defaultOptions: {
    // Whether a gateway on this machine or in this network answers has nothing to do with the browser's idea of being online; and
    // a decision that could not be sent is not sent by itself later on.
    queries: {
      networkMode: 'always',
      staleTime: 15_000,
      // What is not there, or not theirs, is no more so a second later.
      retry: (failures, error) => error instanceof ApiError && passing.has(error.code) && failures < 5,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5000),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
