import { notTaken } from "../../domain/in-message.ts";

/** Refuses what is no list of ids: one id by itself would count as a list of its letters. */
export function checkIds(given: unknown, place: string): void {
  if (Array.isArray(given)) return;
  throw notTaken(given, place, 'a list of ids: ["i-0123456789abcdef0"]');
}
