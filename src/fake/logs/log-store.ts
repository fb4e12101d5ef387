import type { EpochMs } from "../../time/clock.ts";
import { compareText, Ordered } from "../calls/ordered.ts";
import { LogGroup } from "./log-group.ts";

/** What the agent writes into one log stream at one moment. */
export interface LogWrite {
  /** The name of the log group. */
  readonly group: string;
  /** The name of the log stream. */
  readonly stream: string;
  /** One event each; see `toLogMessages`. */
  readonly messages: readonly string[];
  /** When the service receives them. */
  readonly at: EpochMs;
  /** The time that the agent gives them, on the clock of its node. @default when the service receives them */
  readonly timestamp?: EpochMs;
}

/**
 * The log groups, streams and events of the simulated account.
 *
 * @example
 * ```ts
 * store.write({ group, stream, messages: ["disk full"], at: clock.now() });
 * store.text(group, stream); //=> "disk full"
 * ```
 */
export class LogStore {
  readonly #groups = new Map<string, LogGroup>();
  readonly #encoder = new TextEncoder();
  #byName = groupsByName();
  #written = 0;

  /**
   * Adds events to a stream. The group and the stream are created when they are missing; without messages nothing is
   * created, since a stream exists only once it has data [guide-cloudwatch-output] [agent-logs-publisher].
   */
  write({ group, stream, messages, at, timestamp = at }: LogWrite): void {
    for (const message of messages) {
      this.createGroup(group, at).add({
        stream,
        order: ++this.#written,
        timestamp,
        ingestionTime: at,
        message,
        bytes: this.#encoder.encode(message).length,
      });
    }
  }

  /**
   * The group of that name, which is created now when it is missing. A group that exists already is no error, as for the
   * agent.
   */
  createGroup(name: string, at: EpochMs): LogGroup {
    const existing = this.#groups.get(name);
    if (existing !== undefined) return existing;
    const group = new LogGroup(name, at);
    this.#groups.set(name, group);
    this.#byName.add(group);
    return group;
  }

  /** The group of that name, or `undefined` when it does not exist. */
  group(name: string): LogGroup | undefined {
    return this.#groups.get(name);
  }

  /** All groups, by name. */
  groups(): readonly LogGroup[] {
    return this.#byName.items;
  }

  /**
   * What a stream holds, or `undefined` when it does not exist. The events are joined with nothing in between: an event
   * keeps the newlines of its lines, and only the newline at the end of the whole output is missing.
   */
  text(group: string, stream: string): string | undefined {
    return this.#groups.get(group)?.stream(stream)?.text;
  }

  /** Removes everything. */
  clear(): void {
    this.#groups.clear();
    this.#byName = groupsByName();
    this.#written = 0;
  }
}

function groupsByName(): Ordered<LogGroup> {
  return new Ordered((a, b) => compareText(a.name, b.name));
}
