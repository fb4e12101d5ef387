import { notTaken } from "../../domain/in-message.ts";
import { hasMethod } from "../member.ts";

/** Tells a wait that something has happened. */
export interface Doorbell {
  /** Aborted when it rings. */
  bell(): AbortSignal;
  /** Forgets that it has rung. */
  reset(): void;
  /** Ends the listening. */
  close(): void;
}

/** How the id of a command stands in events, messages and what was parsed of them, as text, however often it was quoted. */
const COMMAND_ID = /command-?id\W+([\da-f-]{36})/gi;

/**
 * A doorbell that items of a source ring, unless an item is about other commands only. When the source has ended or failed,
 * it does not ring any more.
 *
 * @param turn - Gives other code a turn after each item: a source may always have one more.
 * @throws TypeError when the source is no async iterable.
 */
export function doorbell(
  source: AsyncIterable<unknown>,
  { commandId, turn }: { readonly commandId: string; readonly turn: () => Promise<void> },
): Doorbell {
  if (!hasMethod(source, Symbol.asyncIterator)) {
    throw notTaken(source, "wakeOn of waitForTerminal()", "an async iterable");
  }
  let bell = new AbortController();
  let isOpen = true;
  let items: AsyncIterator<unknown> | undefined;
  listen().catch(() => {});
  return {
    bell: () => bell.signal,
    reset: () => {
      bell = new AbortController();
    },
    close: () => void close().catch(() => {}),
  };

  async function listen(): Promise<void> {
    items = source[Symbol.asyncIterator]();
    while (isOpen) {
      const { done, value } = await items.next();
      if (done) return;
      if (!isAboutOthers(value, commandId)) bell.abort();
      await turn();
    }
  }

  async function close(): Promise<void> {
    isOpen = false;
    await items?.return?.();
  }
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
