import { notTaken } from "../../domain/in-message.ts";
import { hasMethod } from "../member.ts";

/** Tells a wait that something has happened. */
export interface Doorbell {
  /** Aborted when it rings. Later rings are told by a new one. */
  bell: AbortController;
  /** Ends the listening. */
  close(): void;
}

/** How the id of a command stands in events, messages and what was parsed of them, as text, however often it was quoted. */
const COMMAND_ID = /command-?id\W+([\da-f-]{36})/gi;

/**
 * A doorbell that items of a source ring, unless an item is about other commands only. When the source has ended or failed,
 * it does not ring any more.
 *
 * @throws TypeError when the source is no async iterable.
 */
export function doorbell(source: AsyncIterable<unknown>, commandId: string): Doorbell {
  if (!hasMethod(source, Symbol.asyncIterator)) {
    throw notTaken(source, "wakeOn of waitForTerminal()", "an async iterable");
  }
  const items = source[Symbol.asyncIterator]();
  const told: Doorbell = {
    bell: new AbortController(),
    close: () => void close().catch(() => {}),
  };
  const listen = async () => {
    for (;;) {
      const { done, value } = await items.next();
      if (done) return;
      if (!isAboutOthers(value, commandId)) told.bell.abort();
    }
  };
  const close = async () => items.return?.();
  listen().catch(() => {});
  return told;
}

function isAboutOthers(item: unknown, commandId: string): boolean {
  const ids = [...textOf(item).matchAll(COMMAND_ID)].map(([, id = ""]) => id);
  return ids.length > 0 && !ids.some((id) => commandId.includes(id));
}

function textOf(item: unknown): string {
  try {
    return JSON.stringify(item) ?? "";
  } catch {
    // What is no JSON tells nothing.
    return "";
  }
}
