import { messageOf } from "../shown.ts";
import type { AgentCase } from "./agent-case.ts";
import type { Outcome } from "./run-case.ts";

/**
 * Runs a case in a process where what is thrown outside of any promise, as in the handler of a stream, is a failure of the
 * case that is under way and does not end the other cases.
 */
export async function withThrownOutside(
  run: (value: AgentCase) => Promise<Outcome>,
  value: AgentCase,
  process: NodeJS.EventEmitter,
): Promise<Outcome> {
  const thrown: unknown[] = [];
  const keep = (error: unknown) => thrown.push(error);
  process.on("uncaughtException", keep);
  try {
    const outcome = await run(value);
    return thrown.length === 0 ? outcome : { kind: "failed", why: whyOf(thrown) };
  } finally {
    process.off("uncaughtException", keep);
  }
}

function whyOf([first]: readonly unknown[]): string {
  return `thrown outside of any promise: ${messageOf(first)}`;
}
