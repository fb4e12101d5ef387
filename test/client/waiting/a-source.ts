/** A source of items that a test hands out, as an async iterable. */
export function aSource() {
  const items: unknown[] = [];
  let arrived = () => {};
  let end: { readonly error?: unknown } | undefined;
  const seen = { closed: false, taken: 0 };
  async function* iterate() {
    try {
      for (;;) {
        while (items.length > 0) {
          seen.taken++;
          yield items.shift();
        }
        if (end !== undefined) {
          if ("error" in end) throw end.error;
          return;
        }
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    } finally {
      seen.closed = true;
    }
  }
  const generator = iterate();
  return {
    seen,
    // A generator that waits cannot be closed: a source that can is closed at once.
    wakeOn: {
      [Symbol.asyncIterator]: () => ({
        next: () => generator.next(),
        return: async () => {
          seen.closed = true;
          return { done: true, value: undefined } as const;
        },
      }),
    } satisfies AsyncIterable<unknown>,
    push: (item: unknown) => {
      items.push(item);
      arrived();
    },
    end: (how: { readonly error?: unknown } = {}) => {
      end = how;
      arrived();
    },
  };
}
