import type { EpochMs } from "../../time/clock.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { checkBehavior } from "../agents/check-behavior.ts";
import type { Platform } from "../documents/document-model.ts";
import { changedTags } from "./tags.ts";

/** How long a node has been gone that was added as unreachable. */
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
  /** Its id, as AWS writes ids: `i-` and 8 or 17, or `mi-` and 17 characters. @default the next one, `i-0000000000000000N` */
  instanceId?: string;
  /** Its tags, by name. @default {} */
  tags?: Readonly<Record<string, string>>;
  /** Its operating system. @default "Linux" */
  platform?: Platform;
  /** Its host name, `InstanceName` on the wire. @default "" */
  name?: string;
  /** What its processes do. @default the fake's `behavior` */
  behavior?: AgentBehavior;
  /**
   * Whether its agent can be reached: `unreachable` takes nothing, so that commands wait (`Delayed`) and expire;
   * `undeliverable` is given up the moment a command is sent to it. @default "online"
   */
  agent?: "online" | "unreachable" | "undeliverable";
  /** Whether the instance runs. A stopped one is refused when named and ignored by targets (recorded). @default "running" */
  state?: "running" | "stopped";
  /** Whether the caller may send commands to it. @default "allowed" */
  access?: "allowed" | "denied";
  /**
   * What its agent may do in CloudWatch Logs: `denied`, it may not make log groups, and writes only to those that exist;
   * `noPolicy`, its role has nothing of `nodeLogsPolicy()`, and it writes nowhere. @default "allowed"
   */
  logs?: "allowed" | "denied" | "noPolicy";
}

/** What the service has to hear of a node. */
export interface NodeEvents {
  now(): EpochMs;
  removed(node: FakeNode): void;
  /** Before anything about a node changes: what is due at this moment still sees it as it was. */
  beforeChange(): void;
  cameBack(node: FakeNode): void;
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
export class FakeNode {
  /** Its id. */
  readonly instanceId: string;
  /** Its operating system. */
  readonly platform: Platform;
  /** Its host name, `InstanceName` on the wire. */
  readonly name: string;
  /** Whether the caller may send commands to it. */
  readonly access: "allowed" | "denied";
  /** What its agent may do in CloudWatch Logs. */
  readonly logs: "allowed" | "denied" | "noPolicy";
  readonly #events: NodeEvents;
  #tags: Readonly<Record<string, string>>;
  #agent: "online" | "unreachable" | "undeliverable";
  #state: "running" | "stopped";
  #offlineSince: EpochMs | undefined;
  #behavior: AgentBehavior;
  /** How often each list of behaviors was asked for this node. */
  #asked: Map<object, number> | undefined;

  /** @internal */
  constructor(
    options: NodeOptions & { readonly instanceId: string; readonly behavior: AgentBehavior },
    events: NodeEvents,
  ) {
    checkWords(options);
    this.instanceId = options.instanceId;
    this.platform = options.platform ?? "Linux";
    this.name = options.name ?? "";
    this.#state = options.state ?? "running";
    this.access = options.access ?? "allowed";
    this.logs = options.logs ?? "allowed";
    this.#agent = options.agent ?? "online";
    this.#tags = { ...options.tags };
    this.#behavior = checkBehavior(options.behavior, options.instanceId);
    this.#events = events;
    // One that begins unreachable has been so for longer than anything takes to notice.
    if (this.#agent !== "online") this.#offlineSince = events.now() - LONG_MS;
  }

  /** @internal When its agent was heard of last, if it is not heard of now. */
  get offlineSince(): EpochMs | undefined {
    return this.#offlineSince;
  }

  /** Its tags, by name. */
  get tags(): Readonly<Record<string, string>> {
    return this.#tags;
  }

  /** Whether its agent can be reached. */
  get agent(): "online" | "unreachable" | "undeliverable" {
    return this.#agent;
  }

  /** Holds for what is sent from now on; one that gets online takes the commands that wait for it. */
  set agent(agent: "online" | "unreachable" | "undeliverable") {
    checkWords({ instanceId: this.instanceId, agent });
    this.#events.beforeChange();
    this.#agent = agent;
    this.#offlineSince =
      agent === "online" ? undefined : (this.#offlineSince ?? this.#events.now());
    if (this.isReachable) this.#events.cameBack(this);
  }

  /** Whether the instance runs. */
  get state(): "running" | "stopped" {
    return this.#state;
  }

  /** A stopped one takes nothing: commands that were sent to it wait as for one that cannot be reached. */
  set state(state: "running" | "stopped") {
    checkWords({ instanceId: this.instanceId, state });
    this.#events.beforeChange();
    this.#state = state;
    if (this.isReachable) this.#events.cameBack(this);
  }

  /** @internal Whether its agent takes commands. */
  get isReachable(): boolean {
    return this.#agent === "online" && this.#state === "running";
  }

  /** What its processes do. A new one holds from the next start of a plugin. */
  get behavior(): AgentBehavior {
    return this.#behavior;
  }

  /** A new one holds from the next start of a plugin. */
  set behavior(behavior: AgentBehavior) {
    this.#events.beforeChange();
    this.#behavior = checkBehavior(behavior, this.instanceId);
  }

  /** @internal */
  timesAsked(list: object): number {
    this.#asked ??= new Map();
    const times = this.#asked.get(list) ?? 0;
    this.#asked.set(list, times + 1);
    return times;
  }

  /**
   * Its agent can no longer be reached: commands sent from now on wait for it. What runs on it goes on, and is still heard of
   * when it ends (our decision: a connection that is lost for good is `neverReplies`).
   */
  goOffline(): void {
    this.agent = "unreachable";
  }

  /** Its agent can be reached again, and takes the commands that wait for it and have not expired. */
  comeBack(): void {
    this.agent = "online";
  }

  /**
   * Takes the node away: open invocations on it become Undeliverable, those that have ended stay readable, and commands from
   * now on do not know it.
   */
  remove(): void {
    this.#events.beforeChange();
    this.#events.removed(this);
  }

  /** Adds tags, replaces their values, or takes those away that are undefined. Targets that are known do not change. */
  tag(tags: Readonly<Record<string, string | undefined>>): void {
    this.#events.beforeChange();
    this.#tags = changedTags(this.#tags, tags);
  }
}

/**
 * The nodes of the fake.
 *
 * @example
 * ```ts
 * fake.nodes.add({ tags: { Role: "db" }, agent: "unreachable" });
 * fake.nodes.list().map(({ instanceId }) => instanceId); //=> ["i-0123456789abcdef0", "i-00000000000000001"]
 * fake.nodes.get("i-00000000000000001")?.comeBack();
 * ```
 */
export class FakeNodes {
  readonly #nodes = new Map<string, FakeNode>();
  readonly #removed = new Map<string, FakeNode>();
  readonly #events: NodeEvents;
  readonly #defaultBehavior: AgentBehavior;
  #count = 0;

  /** @internal */
  constructor(defaultBehavior: AgentBehavior, events: NodeEvents) {
    this.#defaultBehavior = defaultBehavior;
    this.#events = events;
  }

  /**
   * Adds a node. Commands whose targets are not known yet can still choose it.
   *
   * @param options - What it is like; all of it has a default.
   * @throws Error when the id is taken, or is one that AWS would refuse.
   *
   * @example
   * ```ts
   * const node = fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ after: "90s" }) });
   * node.instanceId; //=> "i-00000000000000001"
   * ```
   */
  add(options: NodeOptions = {}): FakeNode {
    this.#events.beforeChange();
    const instanceId = options.instanceId ?? this.#nextId();
    if (!INSTANCE_ID.test(instanceId)) {
      throw new TypeError(
        `The instance id ${JSON.stringify(instanceId)} is one that AWS would refuse. Write "i-" and 8 or 17 letters or digits (or "mi-" and 17), such as "i-0123456789abcdef0", or leave it out.`,
      );
    }
    if (this.#nodes.has(instanceId)) {
      throw new Error(
        `The fake has a node ${instanceId} already. Leave the id out to have one made up, or change the node that is there.`,
      );
    }
    const behavior = options.behavior ?? this.#defaultBehavior;
    const node = new FakeNode({ ...options, instanceId, behavior }, this.#events);
    this.#nodes.set(instanceId, node);
    return node;
  }

  /** The node with this id, if there is one. */
  get(instanceId: string): FakeNode | undefined {
    return this.#nodes.get(instanceId);
  }

  /** All nodes, in the order in which they were added. */
  list(): readonly FakeNode[] {
    return [...this.#nodes.values()];
  }

  /** @internal Takes this very node away, if it is there; its name stays known. */
  delete(node: FakeNode): boolean {
    if (this.#nodes.get(node.instanceId) !== node) return false;
    this.#removed.set(node.instanceId, node);
    return this.#nodes.delete(node.instanceId);
  }

  /** @internal The host name of a node that is there, or was. */
  nameOf(instanceId: string): string {
    return (this.#nodes.get(instanceId) ?? this.#removed.get(instanceId))?.name ?? "";
  }

  /** @internal */
  clear(): void {
    this.#nodes.clear();
    this.#removed.clear();
    this.#count = 0;
  }

  #nextId(): string {
    let id: string;
    do id = `i-${(++this.#count).toString(16).padStart(17, "0")}`;
    while (this.#nodes.has(id));
    return id;
  }
}

/** The model's pattern of an instance id, anchored on every branch. */
const INSTANCE_ID = /^(?:i-(?:\w{8}|\w{17})|mi-\w{17})$/;

/** What the members of a node may say. */
const WORDS: { readonly [M in keyof NodeOptions]?: readonly string[] } = {
  platform: ["Linux", "Windows", "MacOS"],
  agent: ["online", "unreachable", "undeliverable"],
  state: ["running", "stopped"],
  access: ["allowed", "denied"],
  logs: ["allowed", "denied", "noPolicy"],
};

/** JavaScript callers, and fleets read from files, say anything. */
function checkWords(options: NodeOptions): void {
  for (const [member, words = []] of Object.entries(WORDS)) {
    const said: unknown = Reflect.get(options, member);
    if (said === undefined || words.includes(String(said))) continue;
    throw new TypeError(
      `The ${member} of node ${options.instanceId} is ${JSON.stringify(said)}. Use one of ${words.join(", ")}.`,
    );
  }
}
