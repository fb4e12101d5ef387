import type { DrivenClock } from "../../time/clock.ts";
import type { Random } from "../../time/random.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import type { OpenQuestions } from "../engine/settings.ts";
import type { LogStore } from "../logs/log-store.ts";
import type { Deadlines } from "../runtime/deadlines.ts";
import type { FakeAlarms } from "./alarms.ts";
import type { CommandRecord } from "./command-record.ts";
import type { DocumentStore } from "./document-store.ts";
import type { FakeGroups } from "./groups.ts";
import type { Delays } from "./latency.ts";
import type { FakeNodes } from "./nodes.ts";
import type { FakeObjects } from "./objects.ts";
import type { FakeParameters } from "./parameters.ts";

/** The simulated account: everything that the service keeps and stands on. */
export interface Account {
  readonly clock: DrivenClock;
  readonly region: string;
  readonly accountId: string;
  readonly rules: OpenQuestions;
  readonly delays: Delays;
  /**
   * Chance for ids, for behaviors and for faults, each apart, so that one that draws does not change the others. All begin
   * again with a reset.
   */
  readonly random: { ids: Random; behaviors: Random; faults: Random };
  /** What nodes do that nobody scripted. */
  readonly behavior: AgentBehavior;
  readonly nodes: FakeNodes;
  readonly alarms: FakeAlarms;
  readonly groups: FakeGroups;
  readonly commands: CommandStore;
  readonly deadlines: Deadlines;
  readonly logs: LogStore;
  readonly objects: FakeObjects;
  readonly documents: DocumentStore;
  readonly parameters: FakeParameters;
}

/** The commands of the account: by id, in the order of sending, and in the order in which their records were made. */
export class CommandStore {
  readonly #byId = new Map<string, CommandRecord>();
  readonly #sent: CommandRecord[] = [];
  readonly #made: CommandRecord[] = [];

  /** Oldest first. */
  get sent(): readonly CommandRecord[] {
    return this.#sent;
  }

  /** Those whose invocation records exist, in the order in which they came to exist. */
  get made(): readonly CommandRecord[] {
    return this.#made;
  }

  get(commandId: string): CommandRecord | undefined {
    return this.#byId.get(commandId);
  }

  add(command: CommandRecord): void {
    this.#byId.set(command.commandId, command);
    this.#sent.push(command);
  }

  addMade(command: CommandRecord): void {
    this.#made.push(command);
  }

  clear(): void {
    this.#byId.clear();
    this.#sent.length = 0;
    this.#made.length = 0;
  }
}
