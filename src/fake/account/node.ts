import { isHybridNode } from "../../domain/arns.ts";
import { checkTags } from "../../domain/aws-tags.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { checkBehavior } from "../agents/check-behavior.ts";
import type { ClockSkew } from "../agents/node-clock.ts";
import type { Platform } from "../documents/document-model.ts";
import type { Access } from "./access.ts";
import { checkNode, checkWords } from "./check-node.ts";
import {
  AGENT_VERSION,
  defaultActivation,
  defaultAddress,
  defaultComputerName,
  HYBRID_ROLE,
  type NodeBasis,
} from "./node-defaults.ts";
import { changedTags } from "./tags.ts";

/** The operating systems of nodes that do not name theirs. */
const SYSTEMS = {
  Linux: { name: "Amazon Linux", version: "2023" },
  Windows: { name: "Microsoft Windows Server 2022 Datacenter", version: "10.0.20348" },
  MacOS: { name: "macOS", version: "14.5" },
} as const satisfies Record<Platform, object>;

/** How long a node that is added offline has been offline already. */
const LONG_MS = 3_600_000;

/** How long a hybrid node that is added has been registered already: before it was last heard from. */
const DAY_MS = 86_400_000;

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
  instanceId?: string | undefined;
  /** Its tags, by name. @default {} */
  tags?: Readonly<Record<string, string>> | undefined;
  /** Its operating system. @default "Linux" */
  platform?: Platform | undefined;
  /**
   * The name of its operating system, `PlatformName` on the wire. @default "Amazon Linux", "Microsoft Windows Server 2022
   * Datacenter" or "macOS"
   */
  platformName?: string | undefined;
  /** The version of its operating system, `PlatformVersion` on the wire. @default "2023", "10.0.20348" or "14.5" */
  platformVersion?: string | undefined;
  /**
   * Its name, `InstanceName` on the wire. Of an EC2 instance it is the host name; of a hybrid node (`mi-`) it is what the
   * activation gave it, also `Name` on the wire [api-instance-information]. @default ""
   */
  name?: string | undefined;
  /**
   * Its address, IPv4 or IPv6, `IPAddress` on the wire. @default the one in a host name such as
   * `ip-10-0-0-5.ec2.internal`, else one such as `10.71.3.9`, made from the id
   */
  ipAddress?: string | undefined;
  /**
   * Its host name, `ComputerName` on the wire. @default the `name` of an EC2 instance, else one from the address, such as
   * `ip-10-71-3-9.ec2.internal`, or for Windows one such as `EC2AMAZ-7QX2B0D.WORKGROUP`
   */
  computerName?: string | undefined;
  /** The version of its agent. `IsLatestVersion` is true from the default on. @default "3.3.5226.0" */
  agentVersion?: string | undefined;
  /**
   * The role of a hybrid node, or that of an EC2 instance with a default host configuration, `IamRole` on the wire
   * [api-instance-information]. @default "service-role/AmazonEC2RunCommandRoleForManagedInstances" of a hybrid node, else none
   */
  iamRole?: string | undefined;
  /** The activation of a hybrid node, a UUID; other nodes have none. @default one that is made from the id */
  activationId?: string | undefined;
  /**
   * When a hybrid node was registered, in ISO 8601; other nodes were not. @default a day before it is added, on the fake's
   * clock
   */
  registrationDate?: string | undefined;
  /**
   * By how much its own clock is ahead (`"90s"`) or behind (`"-90s"`), at most five minutes. Its agent stamps with it when plugins
   * started and ended, and events of CloudWatch Logs; whatever the service stamps, and how long things take, stays as it is. Scripts
   * of `runsInShell` see the clock of this machine. @default "0s"
   */
  clockSkew?: ClockSkew | undefined;
  /** What its processes do. @default the fake's `behavior` */
  behavior?: AgentBehavior | undefined;
  /**
   * Whether its agent can be reached: one that is `unreachable` takes nothing, so that commands wait (`Delayed`) and
   * expire; for one that is `undeliverable`, an invocation is Undeliverable as soon as it is sent. @default "online"
   */
  agent?: "online" | "unreachable" | "undeliverable" | undefined;
  /**
   * Whether the instance runs. SendCommand refuses its id if it is stopped, and targets skip it
   * [rec-2026-09-27-managed-execution]. @default "running"
   */
  state?: "running" | "stopped" | undefined;
  /**
   * Whether the caller may send commands to it, beside what the fake's own `access` says; a function is asked about sends only.
   * @default "allowed"
   */
  access?: Access | undefined;
  /**
   * What its agent may do in CloudWatch Logs: with `denied` it may not make log groups, and writes only to those that
   * exist; with `noPolicy` its role has no permission of `nodeLogsPolicy()`, and it writes nowhere. @default "allowed"
   */
  logs?: "allowed" | "denied" | "noPolicy" | undefined;
  /**
   * Whether its agent may write to S3: with `denied` its output is not uploaded, and its commands go on as if nothing were
   * wrong [agent-s3-upload]. `fake.objects.setBucket` says so of a bucket. @default "allowed"
   */
  objects?: "allowed" | "denied" | undefined;
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
  /** Its name, `InstanceName` on the wire, and of a hybrid node also `Name`. */
  readonly name: string;
  /** Its address, `IPAddress` on the wire. */
  readonly ipAddress: string;
  /** Its host name, `ComputerName` on the wire. */
  readonly computerName: string;
  /** The version of its agent. */
  readonly agentVersion: string;
  /** Its role as the service shows it, if it does. */
  readonly iamRole: string | undefined;
  /** Its activation, if it is a hybrid node. */
  readonly activationId: string | undefined;
  /** When it was registered, in ISO 8601, if it is a hybrid node. */
  readonly registrationDate: string | undefined;
  /** By how much its own clock is ahead, or with a minus behind. */
  readonly clockSkew: ClockSkew;
  /** Whether the caller may send commands to it. */
  readonly access: Access;
  /** What its agent may do in CloudWatch Logs. */
  readonly logs: "allowed" | "denied" | "noPolicy";
  /** Whether its agent may write to S3. */
  readonly objects: "allowed" | "denied";
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
   * node.behavior = hangs();
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

/** Where a node is, and callbacks by which the account learns of its changes. */
export interface NodeEvents {
  readonly region: string;
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
  readonly agentVersion: string;
  readonly iamRole: string | undefined;
  readonly registrationDate: string | undefined;
  readonly clockSkew: ClockSkew;
  readonly access: Access;
  readonly logs: "allowed" | "denied" | "noPolicy";
  readonly objects: "allowed" | "denied";
  /** How many documents its agent runs. Only the runners change it. */
  busyWorkers = 0;
  readonly #events: NodeEvents;
  readonly #ipAddress: string | undefined;
  readonly #computerName: string | undefined;
  readonly #activationId: string | undefined;
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
    checkNode(options);
    this.instanceId = options.instanceId;
    this.platform = options.platform ?? "Linux";
    this.platformName = options.platformName ?? SYSTEMS[this.platform].name;
    this.platformVersion = options.platformVersion ?? SYSTEMS[this.platform].version;
    this.name = options.name ?? "";
    this.agentVersion = options.agentVersion ?? AGENT_VERSION;
    this.iamRole = options.iamRole ?? (this.isHybrid ? HYBRID_ROLE : undefined);
    this.registrationDate = this.isHybrid
      ? (options.registrationDate ?? new Date(events.now() - DAY_MS).toISOString())
      : undefined;
    this.#ipAddress = options.ipAddress;
    this.#computerName = options.computerName;
    this.#activationId = options.activationId;
    this.#state = options.state ?? "running";
    this.clockSkew = options.clockSkew ?? "0s";
    this.access = options.access ?? "allowed";
    this.logs = options.logs ?? "allowed";
    this.objects = options.objects ?? "allowed";
    this.#agent = options.agent ?? "online";
    this.#tags = { ...options.tags };
    this.#behavior = checkBehavior(options.behavior, options.instanceId);
    this.#events = events;
    // A node that starts offline has been offline for longer than the service takes to notice.
    if (this.#agent !== "online") this.#offlineSince = events.now() - LONG_MS;
  }

  /** Whether it was registered by an activation. */
  get isHybrid(): boolean {
    return isHybridNode(this.instanceId);
  }

  // Defaults that take time to make are made when somebody asks for them: a fleet can have 100,000 nodes.

  get ipAddress(): string {
    return this.#ipAddress ?? defaultAddress(this.#basis);
  }

  get computerName(): string {
    return this.#computerName ?? defaultComputerName(this.#basis, this.ipAddress);
  }

  get activationId(): string | undefined {
    return this.isHybrid ? (this.#activationId ?? defaultActivation(this.instanceId)) : undefined;
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
    checkTags(tags, `The tags of node ${this.instanceId}`);
    this.#events.beforeChange();
    this.#tags = changedTags(this.#tags, tags);
  }

  get #basis(): NodeBasis {
    const { instanceId, platform, name, isHybrid } = this;
    const host = this.#computerName ?? (isHybrid || name === "" ? undefined : name);
    return { instanceId, platform, host, region: this.#events.region };
  }
}
