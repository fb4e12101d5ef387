import type { CharacterSet } from "./character-set.ts";

/** What a pattern says, as a tree. What only a capture or a lazy repeat changes is not in it: it may fit or not, no more. */
export type Expression =
  | { readonly type: "character"; readonly set: CharacterSet }
  | { readonly type: "assertion"; readonly assertion: Assertion }
  | { readonly type: "sequence"; readonly parts: readonly Expression[] }
  | { readonly type: "choice"; readonly branches: readonly Expression[] }
  | ({ readonly type: "repeat"; readonly inner: Expression } & Repetition);

/** What takes no character, but holds in some places only. */
export type Assertion =
  | "begin of text"
  | "end of text"
  | "begin of line"
  | "end of line"
  | "word boundary"
  | "no word boundary";

/** `{min,max}`, without an end when `max` is missing. */
export interface Repetition {
  readonly min: number;
  readonly max: number | undefined;
}

/** The expression that has to fit a whole value. */
export function whole(inner: Expression): Expression {
  return {
    type: "sequence",
    parts: [
      { type: "assertion", assertion: "begin of text" },
      inner,
      { type: "assertion", assertion: "end of text" },
    ],
  };
}
