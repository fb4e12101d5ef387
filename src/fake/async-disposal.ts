/**
 * The method that `await using` calls. A compiler whose `lib` does not know `Symbol.asyncDispose` (TypeScript before 5.2, or
 * `ES2022` alone) cannot read a declaration that names it; for such a compiler this type has no member.
 *
 * @inline
 */
export type AsyncDisposal = typeof Symbol extends { readonly asyncDispose: infer S extends symbol }
  ? {
      /** Ends it, and waits for the end. */
      readonly [K in S]: () => Promise<void>;
    }
  : object;
