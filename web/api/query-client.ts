import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './fetch.ts';

/** Whoever is not signed in any more goes to sign in, and comes back to where they were. */
function signInAgain(error: unknown): void {
  if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/login?next=${encodeURIComponent(here)}`);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signInAgain }),
  mutationCache: new MutationCache({ onError: signInAgain }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What is not there, or not theirs, is no more so a second later.
      retry: (failures, error) => error instanceof ApiError && error.code === 'unreachable' && failures < 5,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5000),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
