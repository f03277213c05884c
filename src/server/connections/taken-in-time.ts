/** Gives on what comes, and calls `late` where something given is not taken within `mostMs`. */
export async function* takenInTime<Part>(
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
