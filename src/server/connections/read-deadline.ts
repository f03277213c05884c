/** Hands parts on as they come, and calls `late` where one is not read within `mostMs`. */
export async function* withReadDeadline<Part>(
  parts: AsyncIterable<Part>,
  mostMs: number,
  late: () => void,
): AsyncGenerator<Part> {
  for await (const part of parts) {
    const timer = setTimeout(late, mostMs);
    try {
      yield part;
    } finally {
      clearTimeout(timer);
    }
  }
}
