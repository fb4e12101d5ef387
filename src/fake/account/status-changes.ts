import { INVOCATION_DETAILS } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Invocation } from "../engine/invocation.ts";
import { rollUpInvocations } from "../engine/roll-up.ts";
import type { Settings } from "../engine/settings.ts";
import type { CommandRecord } from "./command-record.ts";

/** A change of status of a command, or of one of its invocations, that the service publishes. */
export interface StatusChange {
  readonly at: EpochMs;
  readonly status: string;
  readonly invocation?: Invocation;
}

/**
 * What is published of an invocation: that it is in progress, and how it ended. Pending and Cancelling are not
 * [guide-sns-notifications].
 */
export function changesOfInvocation(invocation: Invocation): readonly StatusChange[] {
  const { sentAt, endedAt, detail } = invocation;
  const { status } = INVOCATION_DETAILS[detail];
  return [
    ...(sentAt === undefined ? [] : [{ at: sentAt, status: "InProgress", invocation }]),
    ...(endedAt === undefined ? [] : [{ at: endedAt, status, invocation }]),
  ];
}

/** The end of a command, if it has ended. */
export function endOfCommand(
  { state: { rollout, closedAt } }: Pick<CommandRecord, "state">,
  settings: Settings,
): readonly StatusChange[] {
  if (closedAt === undefined) return [];
  return [{ at: closedAt, status: rollUpInvocations(rollout, settings).status }];
}

/** All that is published of a command, not in order. */
export function changesOfCommand(
  command: CommandRecord,
  settings: Settings,
): readonly StatusChange[] {
  const { firstSentAt, invocations } = command;
  return [
    ...(firstSentAt === undefined ? [] : [{ at: firstSentAt, status: "InProgress" }]),
    ...invocations.flatMap(changesOfInvocation),
    ...endOfCommand(command, settings),
  ];
}

/** Called with a change and its command, while the service is still at work on it. */
export type ChangeListener = (command: CommandRecord, change: StatusChange) => void;

/** The listening of one listener, until it or all end it. */
export interface Listening {
  readonly isOn: () => boolean;
  readonly end: () => void;
}

/** Who wants to hear of changes when they happen. */
export class ChangeListeners {
  readonly #listeners = new Set<{ readonly listener: ChangeListener }>();

  add(listener: ChangeListener): Listening {
    const added = { listener };
    this.#listeners.add(added);
    return {
      isOn: () => this.#listeners.has(added),
      end: () => {
        this.#listeners.delete(added);
      },
    };
  }

  /** Whether there is anybody to tell. */
  get areThere(): boolean {
    return this.#listeners.size > 0;
  }

  tell(command: CommandRecord, changes: readonly StatusChange[]): void {
    for (const { listener } of this.#listeners) {
      for (const change of changes) listener(command, change);
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
