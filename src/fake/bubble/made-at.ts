/** Where something was made: the stack is read only when it is asked for. */
export interface MadeAt {
  readonly stack?: string;
}

/** Frames that say nothing to a user: Node's own. */
const NODE_FRAME = /(?:\(|at )node:/;
/** Where Node makes the timer of a signal that aborts by itself, which is the caller's. */
const SIGNAL_FRAME = /(?:\(|at )node:internal\/abort_controller\b/;
/** Where Node makes timers, or calls a function for a user: what stands behind these made the timer. */
const PASSED_FRAME =
  /(?:\(|at )node:(?:timers|async_hooks|events|util|internal\/(?:timers|async_hooks|async_local_storage|process\/task_queues|test_runner|util))\b|\(<anonymous>\)/;
/** How deep a stack is looked at. */
const FRAMES = 20;

/**
 * Remembers where the caller of a function is.
 *
 * @param below - The function; frames above its call are left out.
 */
export function madeAt(below: (...args: never[]) => unknown): MadeAt {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const holder: MadeAt = {};
  Error.captureStackTrace?.(holder, below);
  Error.stackTraceLimit = stackTraceLimit;
  return holder;
}

/**
 * Whether code that comes with Node called a function, such as that of `fetch`: for timers of its own, which all code of the
 * process shares.
 *
 * @param below - The function.
 */
export function isCalledByNode(below: (...args: never[]) => unknown): boolean {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder: { readonly stack?: unknown } = {};
  Error.stackTraceLimit = 1;
  // One frame as it is: writing stacks is slow, most of all under a runner that maps them to sources.
  Error.prepareStackTrace = (_, sites) => sites[0]?.getFileName() ?? "";
  Error.captureStackTrace?.(holder, below);
  const file = holder.stack;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return typeof file === "string" && file.startsWith("node:internal/deps/");
}

/** The line of code of the user that made it, as `" at FILE:LINE:COLUMN"`, or nothing where that is not known. */
export function lineOf(made: MadeAt | undefined): string {
  const frame = framesOf(made).find(
    (each) => !NODE_FRAME.test(each) && !each.includes("(<anonymous>)"),
  );
  const place = frame?.replace(/^\s*at (?:.*\()?/, "").replace(/\)$/, "");
  return place === undefined ? "" : ` at ${place.replace(/^file:\/\//, "")}`;
}

/** Whether Node itself made a timer, for a socket or a request, and no code of a user. */
export function isMadeByNode(made: MadeAt): boolean {
  const caller = framesOf(made).find((each) => !PASSED_FRAME.test(each));
  return caller !== undefined && NODE_FRAME.test(caller) && !SIGNAL_FRAME.test(caller);
}

/** Whether a test runner made it to speak to its own main process (Vitest 3 gives each of these calls a time-out). */
export function isMadeByRunner(made: MadeAt): boolean {
  return framesOf(made).some((each) => /\b(?:sendCall|_call|\$call)\b.*\/vitest\//.test(each));
}

function framesOf({ stack }: MadeAt = {}): readonly string[] {
  // A test runner may have replaced how stacks are written.
  return typeof stack === "string" ? stack.split("\n").filter((each) => /^\s*at /.test(each)) : [];
}
