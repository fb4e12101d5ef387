import { inMessage } from "../../domain/in-message.ts";

/** Refuses what is no list of ids: one id by itself would count as a list of its letters. */
export function checkIds(given: unknown, place: string): void {
  if (Array.isArray(given)) return;
  throw new TypeError(
    `${place} was given ${inMessage(given)}. Give it a list of ids: ["i-0123456789abcdef0"].`,
  );
}
