import { inMessage } from "../../domain/in-message.ts";
import { checkMembers, type OptionTable } from "../../domain/options.ts";
import type { EpochMs } from "../../time/clock.ts";
import { ok, type Refusal, type Result } from "../result.ts";
import { checkOperationName, type OperationName } from "./operation-name.ts";
import type { OperationAnswer, OperationInput } from "./operation-shapes.ts";

/**
 * A call as a handler sees it; one of an operation by name is also one of any.
 *
 * @inline
 */
type Called<Operation extends string, Input> = {
  /** Which operation. */
  readonly operation: Operation;
  /** Its input, as JSON. It is not checked yet: JavaScript callers may have given anything. */
  readonly input: Input;
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** The region that was asked: the fake's own, or another one over HTTP or through `sdkOnFake`. */
  readonly region: string;
};

/** A call of any operation. */
export type HandledCall = Called<string, unknown>;

/** How the calls of an operation are named. */
export type NameOf<Operation extends OperationName | "*"> = Operation extends OperationName
  ? Operation
  : string;

/**
 * The result of a handler: undefined to let the call pass, an answer of its own, or a refusal.
 *
 * @inline
 */
export type HandlerResult<Answer = object> =
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers that only look return nothing.
  | void
  | undefined
  | {
      /** The answer, in the operation's own shape. */
      readonly answer: Answer;
    }
  | {
      /** The error. */
      readonly refuse: {
        /** Its name on the wire. */
        readonly name: string;
        /** Its message. */
        readonly message?: string | undefined;
      };
    };

/**
 * Sees the calls of an operation before the fake does, with the operation, its input, the time and the region. It returns
 * nothing to let the call pass, `{ answer }` in the operation's own shape, or `{ refuse: { name, message } }`. Input and
 * answer are those of the operation, where one is named.
 *
 * @example
 * ```ts
 * const deny: CallHandler = ({ operation }) => ({
 *   refuse: { name: "AccessDeniedException", message: `You may not ${operation}.` },
 * });
 * fake.on("CancelCommand", deny);
 * await ssm.send(new CancelCommandCommand({ CommandId: commandId })).catch(({ message }: Error) => message);
 * //=> "You may not CancelCommand."
 *
 * const unseen: CallHandler<"ListCommands"> = ({ at }) => (at < Date.parse("2024-01-01T00:00:10Z") ? { answer: { Commands: [] } } : undefined);
 * fake.on("ListCommands", unseen); // no command can be seen for ten seconds
 * (await deploy(fake)).kind; //=> "succeeded"
 * ```
 */
export type CallHandler<Operation extends OperationName | "*" = "*"> = HandlerOf<
  NameOf<Operation>,
  OperationInput<Operation>,
  OperationAnswer<Operation>
>;

/**
 * A handler of calls with this input and answer.
 *
 * @inline
 */
export type HandlerOf<Operation extends string, Input, Answer> = (
  call: Called<Operation, Input>,
) => HandlerResult<Answer> | Promise<HandlerResult<Answer>>;

/** What a handler says of a refusal. */
const REFUSE_OPTIONS = { name: "a string", message: "a string" } as const satisfies OptionTable<
  Extract<HandlerResult, { refuse: object }>["refuse"]
>;

/** A client may call operations that the fake does not know, and a test may want to answer them. */
const OF_OTHERS =
  ' To answer an operation that the fake does not know, use "*" and look at `operation`.';

interface AddedHandler {
  readonly operation: OperationName | "*";
  readonly handler: CallHandler;
  /** What ends each time that it is under way. */
  readonly underWay: Set<() => void>;
  wasAsked: boolean;
}

/** The handlers of a test, in the order in which they were added; the first that answers wins. */
export class Handlers {
  #handlers: AddedHandler[] = [];

  add<Operation extends OperationName | "*">(
    operation: Operation,
    handler: HandlerOf<NameOf<Operation>, OperationInput<Operation>, OperationAnswer<Operation>>,
  ): () => void {
    checkOperationName(operation, "fake.on", OF_OTHERS);
    if (typeof handler !== "function") {
      throw new TypeError(
        `fake.on was given ${inMessage(handler)} as the handler of ${operation}. Give it a function: fake.on("${operation}", () => ({ answer: {} })).`,
      );
    }
    // It is asked only about calls of this operation.
    const added: AddedHandler = {
      operation,
      handler: handler as CallHandler,
      underWay: new Set(),
      wasAsked: false,
    };
    this.#handlers.push(added);
    return () => {
      this.#handlers = this.#handlers.filter((each) => each !== added);
      // One that is removed while it has not answered may never do so.
      for (const leave of added.underWay) leave();
    };
  }

  /** Whether there is a handler of an operation. */
  has(called: string): boolean {
    return this.#handlers.some(({ operation }) => operation === called || operation === "*");
  }

  /**
   * The answer or refusal of the first handler that has one, or undefined if all let the call pass.
   *
   * @param enter - Takes note that a handler is under way, and returns what ends that.
   */
  async handle(
    call: HandledCall,
    enter: () => (() => void) | undefined = () => undefined,
  ): Promise<Result<object> | undefined> {
    for (const added of this.#handlers) {
      if (added.operation !== call.operation && added.operation !== "*") continue;
      added.wasAsked = true;
      const result = await ask(added, { call, enter });
      if (result === undefined) continue;
      if (hasAnswer(result)) return ok(result.answer);
      if (isRefusal(result)) {
        const place = `The refusal of a handler of ${call.operation}`;
        checkMembers(result.refuse, REFUSE_OPTIONS, place);
        return { ok: false, refusal: result.refuse };
      }
      throw new TypeError(
        `A handler of ${call.operation} returned ${JSON.stringify(result)}. Return { answer: {…} }, { refuse: { name: "…" } }, or nothing to let the call pass.`,
      );
    }
    return undefined;
  }

  /** Those that were never asked. */
  unused(): readonly string[] {
    return this.#handlers
      .filter(({ wasAsked }) => !wasAsked)
      .map(({ operation }) => `handler of ${operation}`);
  }

  clear(): void {
    this.#handlers = [];
  }
}

async function ask(
  { handler, underWay }: AddedHandler,
  { call, enter }: { readonly call: HandledCall; readonly enter: () => (() => void) | undefined },
): Promise<HandlerResult> {
  const leave = enter();
  if (leave !== undefined) underWay.add(leave);
  try {
    return await handler(call);
  } finally {
    leave?.();
    if (leave !== undefined) underWay.delete(leave);
  }
}

// JavaScript callers, and those who cast, can return anything.
function hasAnswer(result: unknown): result is { readonly answer: object } {
  return isObject(result) && "answer" in result && isObject(result.answer);
}

function isRefusal(result: unknown): result is { readonly refuse: Refusal } {
  return (
    isObject(result) &&
    "refuse" in result &&
    isObject(result.refuse) &&
    "name" in result.refuse &&
    typeof result.refuse.name === "string"
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
