import type { Refusal } from "../../domain/refusal.ts";
import type { EpochMs } from "../../time/clock.ts";

/** A call as a reactor sees it. */
export interface ReactorCall {
  /** Which operation. */
  readonly operation: string;
  /** What it was given, as JSON. */
  readonly input: unknown;
  /** When, on the fake's clock. */
  readonly at: EpochMs;
}

/** What a reactor makes of a call: nothing, an answer of its own, or a refusal. */
export type Reaction =
  | undefined
  | {
      /** The answer, in the operation's own shape. */
      readonly answer: object;
    }
  | {
      /** The error. */
      readonly refuse: {
        /** Its name on the wire. */
        readonly name: string;
        /** Its text. */
        readonly message?: string;
      };
    };

/** Sees the calls of an operation before the fake does. */
export type Reactor = (call: ReactorCall) => Reaction | Promise<Reaction>;

/** Reactors in the order in which they were added; the first that answers wins. */
export class Reactors {
  #reactors: { readonly operation: string; readonly react: Reactor }[] = [];

  add(operation: string, react: Reactor): () => void {
    const added = { operation, react };
    this.#reactors.push(added);
    return () => {
      this.#reactors = this.#reactors.filter((each) => each !== added);
    };
  }

  async react(
    call: ReactorCall,
  ): Promise<{ readonly answer: object } | { readonly refusal: Refusal } | undefined> {
    for (const { operation, react } of this.#reactors) {
      if (operation !== call.operation && operation !== "*") continue;
      const reaction = await react(call);
      if (reaction === undefined) continue;
      return "answer" in reaction ? reaction : { refusal: reaction.refuse };
    }
    return undefined;
  }

  clear(): void {
    this.#reactors = [];
  }
}
