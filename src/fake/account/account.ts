import type { DrivenClock, EpochMs } from "../../time/clock.ts";
import { type Random, seededRandom } from "../../time/random.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import type { Pages } from "../calls/paging.ts";
import type { Settings } from "../engine/settings.ts";
import { LogStore } from "../logs/log-store.ts";
import { BucketStore } from "../s3/bucket-store.ts";
import type { Access } from "./access.ts";
import { Alarms } from "./alarms.ts";
import { BehaviorUse } from "./behavior-use.ts";
import { CommandStore } from "./command-store.ts";
import { DocumentStore } from "./documents/document-store.ts";
import { Groups } from "./groups.ts";
import type { LatencyMs } from "./latency.ts";
import type { NodeEvents, NodeOptions } from "./node.ts";
import { Nodes } from "./nodes.ts";
import { ParameterStore } from "./parameters.ts";
import { ChangeListeners } from "./status-changes.ts";

/** What a simulated account is made with. */
export interface AccountOptions {
  readonly clock: DrivenClock;
  readonly region: string;
  readonly accountId: string;
  readonly seed: number;
  readonly settings: Settings;
  readonly latency: LatencyMs;
  /** What nodes without a behavior of their own do. */
  readonly behavior: AgentBehavior;
  /** What the caller may do. */
  readonly access: Access;
  /** How small the pages of its listings are. */
  readonly pages: Pages;
  /** Nodes that are there from the start, and again after a reset. */
  readonly nodes: readonly NodeOptions[];
  /** Buckets of another region of the account, whose names are known in all of them. @default none yet */
  readonly buckets?: BucketStore;
}

/** Callbacks of what moves the account, and has to know of changes. */
export interface AccountEvents extends Omit<NodeEvents, "now" | "region"> {
  /** Called before anything is changed, or read by anyone but the service: what is due at this moment comes first. */
  beforeChange(): void;
}

/** The simulated account of one region: everything that the service keeps and depends on. */
export interface Account extends Omit<AccountOptions, "seed" | "nodes" | "buckets"> {
  /**
   * Random numbers for ids, for behaviors and for faults, each from a sequence of its own, so that drawing from one does
   * not change the others. A reset restarts all three.
   */
  readonly random: { ids: Random; behaviors: Random; faults: Random };
  readonly nodes: Nodes;
  readonly alarms: Alarms;
  readonly groups: Groups;
  readonly commands: CommandStore;
  /** Who hears of changes of status when they happen. */
  readonly changes: ChangeListeners;
  readonly logs: LogStore;
  readonly buckets: BucketStore;
  readonly documents: DocumentStore;
  readonly parameters: ParameterStore;
  /** Which behaviors have come to be. */
  readonly behaviorUse: BehaviorUse;
}

/** An account as it is at the beginning. */
export function openAccount(options: AccountOptions, events: AccountEvents): Account {
  const { clock, region, accountId, seed, settings, latency } = options;
  const { behavior, access, pages } = options;
  const now = (): EpochMs => clock.now();
  const beforeChange = () => events.beforeChange();
  const account: Account = {
    ...{ clock, region, accountId, settings, latency, behavior, access, pages },
    random: randomFrom(seed),
    nodes: new Nodes(behavior, {
      region,
      now,
      beforeChange,
      cameBack: (node) => events.cameBack(node),
      removed: (node) => events.removed(node),
      undelivered: (node) => events.undelivered(node),
    }),
    alarms: new Alarms(beforeChange),
    groups: new Groups(beforeChange),
    commands: new CommandStore(),
    changes: new ChangeListeners(),
    logs: new LogStore(),
    buckets: options.buckets ?? new BucketStore(),
    documents: new DocumentStore({ region, accountId }, now),
    parameters: new ParameterStore({ now, beforeChange }),
    behaviorUse: new BehaviorUse(),
  };
  return account;
}

/** Forgets everything that the account keeps, and restarts its random numbers. */
export function clearAccount(account: Account, seed: number): void {
  const { nodes, alarms, groups, commands, changes, logs, buckets } = account;
  const { documents, parameters, behaviorUse } = account;
  const stores = [
    ...[nodes, alarms, groups, commands, changes, logs, buckets, documents, parameters],
    behaviorUse,
  ];
  for (const store of stores) store.clear();
  Object.assign(account.random, randomFrom(seed));
}

function randomFrom(seed: number): Account["random"] {
  return {
    ids: seededRandom(seed),
    behaviors: seededRandom(seed ^ 0x5bd1e995),
    faults: seededRandom(seed ^ 0x1b873593),
  };
}
