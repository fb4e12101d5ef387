import type { EpochMs } from "../../time/clock.ts";
import { type Answer, answered, type Refusal } from "../result.ts";
import { checkOperationName, type OperationName } from "./operation-name.ts";

/**
 * A call as a reactor sees it.
 *
 * @example
 * ```ts
 * const calls: ReactorCall[] = [];
 * fake.on("*", (call) => void calls.push(call));
 * await deploy(fake);
 * calls[0]; //=> { operation: "SendCommand", input: { DocumentName: "AWS-RunShellScript", … }, at: 1704067200000, … }
 * ```
 */
export interface ReactorCall {
  /** Which operation. */
  readonly operation: string;
  /** What it was given, as JSON. */
  readonly input: unknown;
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** The region that was asked: the fake's own, or another one over HTTP. */
  readonly region: string;
}

/**
 * What a reactor makes of a call: nothing, an answer of its own, or a refusal.
 *
 * @example
 * ```ts
 * const nothing: Reaction = { answer: { Commands: [] } };
 * fake.on("ListCommands", ({ at }) => (at < Date.parse("2024-01-01T00:00:10Z") ? nothing : undefined));
 * (await deploy(fake)).kind; //=> "succeeded"
 * // a command that cannot be seen for ten seconds
 * ```
 */
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

/**
 * Sees the calls of an operation before the fake does.
 *
 * @example
 * ```ts
 * const deny: Reactor = ({ operation }) => ({
 *   refuse: { name: "AccessDeniedException", message: `You may not ${operation}.` },
 * });
 * fake.on("CancelCommand", deny);
 * await ssm.send(new CancelCommandCommand({ CommandId: commandId })).catch(({ message }: Error) => message);
 * //=> "You may not CancelCommand."
 * ```
 */
export type Reactor = (call: ReactorCall) => Reaction | Promise<Reaction>;

/** A client may well ask for more than the fake answers, and a test may have an answer. */
const OF_OTHERS =
  ' To answer an operation that the fake does not know, use "*" and look at `operation`.';

/** The handlers of a test, in the order in which they were added; the first that answers wins. */
export class Handlers {
  #handlers: { readonly operation: OperationName | "*"; readonly react: Reactor }[] = [];

  add(operation: OperationName | "*", react: Reactor): () => void {
    checkOperationName(operation, "fake.on", OF_OTHERS);
    const added = { operation, react };
    this.#handlers.push(added);
    return () => {
      this.#handlers = this.#handlers.filter((each) => each !== added);
    };
  }

  /** What a handler makes of a call, or undefined when all of them let it pass. */
  async handle(call: ReactorCall): Promise<Answer<object> | undefined> {
    for (const { operation, react } of this.#handlers) {
      if (operation !== call.operation && operation !== "*") continue;
      const reaction = await react(call);
      if (reaction === undefined) continue;
      if (isAnswer(reaction)) return answered(reaction.answer);
      if (isRefusal(reaction)) return { ok: false, refusal: reaction.refuse };
      throw new TypeError(
        `A reactor of ${call.operation} returned ${JSON.stringify(reaction)}. Return { answer: {…} }, { refuse: { name: "…" } }, or nothing to let the call pass.`,
      );
    }
    return undefined;
  }

  clear(): void {
    this.#handlers = [];
  }
}

// Whoever writes JavaScript, or casts, can return anything.
function isAnswer(reaction: unknown): reaction is { readonly answer: object } {
  return isObject(reaction) && "answer" in reaction && isObject(reaction.answer);
}

function isRefusal(reaction: unknown): reaction is { readonly refuse: Refusal } {
  return (
    isObject(reaction) &&
    "refuse" in reaction &&
    isObject(reaction.refuse) &&
    "name" in reaction.refuse &&
    typeof reaction.refuse.name === "string"
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
