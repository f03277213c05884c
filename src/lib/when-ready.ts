/**
 * What `make` resolves to, made at the first call and kept. A failure is not kept: what was not there may be there the next time.
 */
export function whenReady<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let ready: Promise<Value> | undefined;
  return () => {
    ready ??= make().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
}
