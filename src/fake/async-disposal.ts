/**
 * What `await using` looks for. A compiler whose `lib` does not know `Symbol.asyncDispose` (TypeScript before 5.2, `ES2022`
 * alone) could not read a declaration that names it; for that one it is nothing.
 *
 * @inline
 */
export type AsyncDisposal = typeof Symbol extends { readonly asyncDispose: infer S extends symbol }
  ? {
      /** Ends it, and waits for the end. */
      readonly [K in S]: () => Promise<void>;
    }
  : object;
