import { INSTANCE_ID } from "../../domain/patterns.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { checkBehavior } from "../agents/check-behavior.ts";
import { PLATFORMS, type Platform } from "../documents/document-model.ts";
import { type Access, checkAccess } from "./access.ts";
import { inMessage } from "./check-options.ts";
import { changedTags } from "./tags.ts";

/** The operating systems of nodes that do not name theirs. */
const SYSTEMS = {
  Linux: { name: "Amazon Linux", version: "2023" },
  Windows: { name: "Microsoft Windows Server 2022 Datacenter", version: "10.0.20348" },
  MacOS: { name: "macOS", version: "14.5" },
} as const satisfies Record<Platform, object>;

/** How long a node that is added offline has been offline already. */
const LONG_MS = 3_600_000;

/**
 * A node to add.
 *
 * @example
 * ```ts
 * const web: NodeOptions = { tags: { Role: "web" }, behavior: fails({ exitCode: 7, after: "90s" }) };
 * const fake = new FakeSsm({ nodes: [web, { ...web, platform: "Windows" }] });
 * (await deploy(fake)).invocations.map(({ kind }) => kind).sort(); //=> ["failed", "invalidPlatform"]
 * ```
 */
export interface NodeOptions {
  /** Its id: `i-` and 8 or 17 characters, or `mi-` and 17. @default the next one, such as `i-00000000000000001` */
  instanceId?: string;
  /** Its tags, by name. @default {} */
  tags?: Readonly<Record<string, string>>;
  /** Its operating system. @default "Linux" */
  platform?: Platform;
  /**
   * The name of its operating system, `PlatformName` on the wire. @default "Amazon Linux", "Microsoft Windows Server 2022
   * Datacenter" or "macOS"
   */
  platformName?: string;
  /** The version of its operating system, `PlatformVersion` on the wire. @default "2023", "10.0.20348" or "14.5" */
  platformVersion?: string;
  /** Its host name, `InstanceName` on the wire. @default "" */
  name?: string;
  /** What its processes do. @default the fake's `behavior` */
  behavior?: AgentBehavior;
  /**
   * Whether its agent can be reached: one that is `unreachable` takes nothing, so that commands wait (`Delayed`) and
   * expire; for one that is `undeliverable`, an invocation is Undeliverable as soon as it is sent. @default "online"
   */
  agent?: "online" | "unreachable" | "undeliverable";
  /**
   * Whether the instance runs. SendCommand refuses its id if it is stopped, and targets skip it
   * [rec-2026-09-27-managed-execution]. @default "running"
   */
  state?: "running" | "stopped";
  /** Whether the caller may send commands to it, beside what the fake's own `access` says. @default "allowed" */
  access?: Access;
  /**
   * What its agent may do in CloudWatch Logs: with `denied` it may not make log groups, and writes only to those that
   * exist; with `noPolicy` its role has no permission of `nodeLogsPolicy()`, and it writes nowhere. @default "allowed"
   */
  logs?: "allowed" | "denied" | "noPolicy";
}

/**
 * A node of the fake. It can change while commands run.
 *
 * @example
 * ```ts
 * const node = fake.nodes.add({ agent: "unreachable" });
 * await fake.clock.advance("10s");
 * node.comeBack(); // takes the commands that wait for it
 * ```
 */
export interface FakeNode {
  /** Its id. */
  readonly instanceId: string;
  /** Its operating system. */
  readonly platform: Platform;
  /** The name of its operating system, `PlatformName` on the wire. */
  readonly platformName: string;
  /** The version of its operating system, `PlatformVersion` on the wire. */
  readonly platformVersion: string;
  /** Its host name, `InstanceName` on the wire. */
  readonly name: string;
  /** Whether the caller may send commands to it. */
  readonly access: Access;
  /** What its agent may do in CloudWatch Logs. */
  readonly logs: "allowed" | "denied" | "noPolicy";
  /** Its tags, by name; {@link FakeNode.tag} changes them. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Whether its agent can be reached. A change holds for what is sent from then on. When the agent comes online, it takes
   * the commands that wait for it.
   */
  agent: "online" | "unreachable" | "undeliverable";
  /** Whether the instance runs. A stopped one takes nothing: commands sent to it wait as for one that is offline. */
  state: "running" | "stopped";
  /** What its processes do. A new behavior holds from the next start of a plugin. */
  behavior: AgentBehavior;
  /**
   * Makes its agent unreachable: commands sent from now on wait for it. What runs on it goes on, and its end is still
   * reported (our decision; for a connection that is lost for good, use the behavior `neverReplies`).
   */
  goOffline(): void;
  /** Makes its agent reachable again. The agent takes the commands that wait for it and have not expired. */
  comeBack(): void;
  /**
   * Lets every open command on it end as Undeliverable now, also one that runs (as was reported of AWS; when that happens
   * there is not known). What runs on it goes on, and is not heard of. Its agent is `undeliverable` from then on;
   * {@link FakeNode.comeBack} ends that.
   *
   * @example
   * ```ts
   * const sent = await runCommand.send({ ...runShellScript("make"), InstanceIds: [node.instanceId] });
   * await fake.clock.advance("1s"); // it runs
   * node.failDelivery();
   * (await sent.waitForTerminal()).invocations[0]?.kind; //=> "undeliverable"
   * ```
   */
  failDelivery(): void;
  /**
   * Removes the node: open invocations on it become Undeliverable, those that have ended stay readable, and new commands do
   * not know it.
   */
  remove(): void;
  /**
   * Adds tags, replaces their values, or removes those that are undefined. Targets that are known already do not change.
   */
  tag(tags: Readonly<Record<string, string | undefined>>): void;
}

/** Callbacks by which the account learns of changes of a node. */
export interface NodeEvents {
  now(): EpochMs;
  removed(node: ManagedNode): void;
  undelivered(node: ManagedNode): void;
  /** Called before anything about a node changes: what is due at this moment still sees it as it was. */
  beforeChange(): void;
  cameBack(node: ManagedNode): void;
}

/** A node as the account keeps it. */
export class ManagedNode implements FakeNode {
  readonly instanceId: string;
  readonly platform: Platform;
  readonly platformName: string;
  readonly platformVersion: string;
  readonly name: string;
  readonly access: Access;
  readonly logs: "allowed" | "denied" | "noPolicy";
  /** How many documents its agent runs. Only the runners change it. */
  busyWorkers = 0;
  readonly #events: NodeEvents;
  #tags: Readonly<Record<string, string>>;
  #agent: "online" | "unreachable" | "undeliverable";
  #state: "running" | "stopped";
  #offlineSince: EpochMs | undefined;
  #behavior: AgentBehavior;
  /** How often each list of behaviors was asked for this node. */
  #asked: Map<object, number> | undefined;

  /** @throws TypeError for an id that AWS would refuse, and for a value that a member does not have. */
  constructor(
    options: NodeOptions & { readonly instanceId: string; readonly behavior: AgentBehavior },
    events: NodeEvents,
  ) {
    checkId(options.instanceId);
    checkWords(options);
    checkTexts(options);
    if (options.access !== undefined) {
      checkAccess(options.access, `The access of node ${options.instanceId}`);
    }
    this.instanceId = options.instanceId;
    this.platform = options.platform ?? "Linux";
    this.platformName = options.platformName ?? SYSTEMS[this.platform].name;
    this.platformVersion = options.platformVersion ?? SYSTEMS[this.platform].version;
    this.name = options.name ?? "";
    this.#state = options.state ?? "running";
    this.access = options.access ?? "allowed";
    this.logs = options.logs ?? "allowed";
    this.#agent = options.agent ?? "online";
    this.#tags = { ...options.tags };
    this.#behavior = checkBehavior(options.behavior, options.instanceId);
    this.#events = events;
    // A node that starts offline has been offline for longer than the service takes to notice.
    if (this.#agent !== "online") this.#offlineSince = events.now() - LONG_MS;
  }

  /** When its agent was last heard from, if the agent is not online. */
  get offlineSince(): EpochMs | undefined {
    return this.#offlineSince;
  }

  get tags(): Readonly<Record<string, string>> {
    return this.#tags;
  }

  get agent(): "online" | "unreachable" | "undeliverable" {
    return this.#agent;
  }

  set agent(agent: "online" | "unreachable" | "undeliverable") {
    checkWords({ instanceId: this.instanceId, agent });
    this.#events.beforeChange();
    this.#agent = agent;
    this.#offlineSince =
      agent === "online" ? undefined : (this.#offlineSince ?? this.#events.now());
    if (this.isReachable) this.#events.cameBack(this);
  }

  get state(): "running" | "stopped" {
    return this.#state;
  }

  set state(state: "running" | "stopped") {
    checkWords({ instanceId: this.instanceId, state });
    this.#events.beforeChange();
    this.#state = state;
    if (this.isReachable) this.#events.cameBack(this);
  }

  /** Whether its agent takes commands. */
  get isReachable(): boolean {
    return this.#agent === "online" && this.#state === "running";
  }

  get behavior(): AgentBehavior {
    return this.#behavior;
  }

  set behavior(behavior: AgentBehavior) {
    this.#events.beforeChange();
    this.#behavior = checkBehavior(behavior, this.instanceId);
  }

  /** How often this list of behaviors was asked before this call, which counts too from now on. */
  timesAsked(list: object): number {
    this.#asked ??= new Map();
    const times = this.#asked.get(list) ?? 0;
    this.#asked.set(list, times + 1);
    return times;
  }

  goOffline(): void {
    this.agent = "unreachable";
  }

  comeBack(): void {
    this.agent = "online";
  }

  failDelivery(): void {
    this.agent = "undeliverable";
    this.#events.undelivered(this);
  }

  remove(): void {
    this.#events.beforeChange();
    this.#events.removed(this);
  }

  tag(tags: Readonly<Record<string, string | undefined>>): void {
    this.#events.beforeChange();
    this.#tags = changedTags(this.#tags, tags);
  }
}

function checkId(instanceId: string): void {
  if (INSTANCE_ID.test(instanceId)) return;
  throw new TypeError(
    `The instance id ${JSON.stringify(instanceId)} is one that AWS would refuse. Write "i-" and 8 or 17 letters or digits (or "mi-" and 17), such as "i-0123456789abcdef0", or leave it out.`,
  );
}

/** The values that the members of a node may have. */
export const NODE_WORDS = {
  platform: PLATFORMS,
  agent: ["online", "unreachable", "undeliverable"],
  state: ["running", "stopped"],
  logs: ["allowed", "denied", "noPolicy"],
} as const satisfies { readonly [M in keyof NodeOptions]?: readonly NodeOptions[M][] };

/** Neither may be empty, nor anything but a string. */
function checkTexts({ instanceId, platformName, platformVersion }: NodeOptions): void {
  for (const [member, value] of Object.entries({ platformName, platformVersion })) {
    const given: unknown = value;
    if (given === undefined || (typeof given === "string" && given !== "")) continue;
    throw new TypeError(
      `The ${member} of node ${instanceId} is ${inMessage(given)}. Write text, or leave it out.`,
    );
  }
}

/** JavaScript callers, and fleets read from files, may have any value. */
function checkWords(options: NodeOptions): void {
  for (const [member, words] of Object.entries<readonly string[]>(NODE_WORDS)) {
    const said: unknown = Reflect.get(options, member);
    if (said === undefined || words.includes(String(said))) continue;
    throw new TypeError(
      `The ${member} of node ${options.instanceId} is ${JSON.stringify(said)}. Use one of ${words.join(", ")}.`,
    );
  }
}
