import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * Asks for something that is shown this once. The answer is the component's own and ends with it: it is in no cache, and nor
 * is what `askFor` was called with.
 */
export function useShownOnce<Answer>(askFor: () => Promise<Answer>, afterwards: () => unknown) {
  const [answer, setAnswer] = useState<Answer>();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => setAnswer(await askFor()),
    onSuccess: () => void afterwards(),
    gcTime: 0,
  });
  return { answer, ask: () => mutate(), isPending, error };
}
