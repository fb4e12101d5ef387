import { isTestRunning } from "../../../time/running-test.ts";
import type { Refusal } from "../../result.ts";

/** What a service answers to a request whose values have other types than its members. */
const UNREADABLE = "SerializationException";

/**
 * Says on the console, once for each sentence, that a request has a value of the wrong type. The service says nothing of
 * what is wrong, and code under test often does not show why a call was refused. Only in a test runner, since elsewhere
 * the journal and the timeline are at hand.
 */
export class WrongTypes {
  readonly #said = new Set<string>();

  /** Takes note of a call that was refused. */
  sawRefusal(operation: string, { name, why }: Refusal): void {
    if (name !== UNREADABLE || why === undefined) return;
    const sentence = `${operation} was refused (${UNREADABLE}, as AWS does it, without a message): ${why}`;
    if (this.#said.has(sentence) || !isTestRunning()) return;
    this.#said.add(sentence);
    console.warn(sentence);
  }

  clear(): void {
    this.#said.clear();
  }
}
