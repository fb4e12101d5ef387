import type { SSMClient, SSMClientConfig } from "@aws-sdk/client-ssm";
import { SHOWN_OUTPUT_OPTIONS, type ShownOutput } from "../domain/explanation/causes.ts";
import type { IamPolicy } from "../domain/iam-policy.ts";
import { checkOptions } from "../domain/options.ts";
import type { RunCommandApi } from "../domain/run-command-api.ts";
import type { Clock, EpochMs } from "../time/clock.ts";
import { toMs } from "../time/duration.ts";
import { randomUuid, seededRandom } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { checkAccess } from "./account/access.ts";
import type { FakeAlarms } from "./account/alarms.ts";
import { checkFakeOptions, pagesFrom, settingsFrom } from "./account/check-options.ts";
import type { FakeGroups } from "./account/groups.ts";
import { latencyOf, presetOf } from "./account/latency.ts";
import type { FakeNodes } from "./account/nodes.ts";
import type { FakeParameters } from "./account/parameters.ts";
import { objectApi } from "./adapters/object/object-api.ts";
import { checkOverrides, clientConfig } from "./adapters/sdk/client-config.ts";
import { ssmModule } from "./adapters/sdk/ssm-module.ts";
import type { WireRequest, WireResponse } from "./adapters/wire.ts";
import { succeeds } from "./agents/behavior.ts";
import { checkBehavior } from "./agents/check-behavior.ts";
import type { AsyncDisposal } from "./async-disposal.ts";
import type { FakeFaults } from "./calls/faults.ts";
import type { HandlerOf, NameOf } from "./calls/handlers.ts";
import type { Journal, JournalEntry } from "./calls/journal.ts";
import type { OperationName, SsmOperation } from "./calls/operation-name.ts";
import type { OperationAnswer, OperationInput } from "./calls/operation-shapes.ts";
import { type FakeDocuments, fakeDocuments } from "./fake-documents.ts";
import { type FakeLogs, fakeLogs } from "./fake-logs.ts";
import { type FakeNotifications, fakeNotifications } from "./fake-notifications.ts";
import { type FakeObjects, fakeObjects } from "./fake-objects.ts";
import { FAKE_SSM_OPTIONS, type FakeSsmOptions } from "./fake-ssm-options.ts";
import { clearParts, type Region, type RegionParts, Regions, sharedParts } from "./region.ts";
import { type JournalPolicyOptions, policyOfCalls } from "./reports/caller-policy.ts";
import { type CommandSnapshot, snapshotOf } from "./reports/command-snapshot.ts";
import { explainCommand, type SourcedExplanation } from "./reports/explain-command.ts";
import { TIMELINE_OPTIONS, type TimelineOptions, timelineInPieces } from "./reports/timeline.ts";
import { unusedBehaviors } from "./reports/unused-behaviors.ts";
import { SSM_TABLE } from "./ssm/ssm-service.ts";

/**
 * Run Command in memory: it takes commands, runs them on nodes that behave as you say, and answers as the service does.
 *
 * - It takes the place of the real service: as an object (it is a `RunCommandApi`), under a real `SSMClient`
 *   ({@link FakeSsm.client}), or behind an adapter of your own ({@link FakeSsm.answer}).
 * - It runs on a clock. With the default, a `VirtualClock`, waiting takes no real time.
 * - The script of a node without a behavior takes no time and succeeds.
 * - It is as late as AWS: a call takes 0.1 s of virtual time (SendCommand 0.07 s), and records of tags are made 0.2 s after
 *   SendCommand. With `latency: "instant"` it is not.
 * - What is due runs before the next call is answered. The answer to SendCommand is fixed before anything of its command
 *   happens: it is always Pending.
 *
 * @example
 * ```ts
 * const fake = new FakeSsm();
 * fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ exitCode: 7, after: "90s" }) });
 *
 * const runCommand = new RunCommandClient(fake); // or fake.client(), a real SSMClient
 * const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) });
 * (await sent.waitForTerminal()).kind; //=> "failed"
 * // after ninety virtual seconds, which took no time
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: it cannot extend a type alone, and it has that type's method.
export class FakeSsm<C extends Clock = VirtualClock> implements RunCommandApi {
  /** The clock that the fake runs on. */
  readonly clock: C;
  /**
   * Random numbers for code that waits on the fake: `RunCommandClient` uses them, so that every run polls at the same
   * instants.
   */
  readonly random: () => number;
  /** The region of the fake. */
  readonly region: string;
  /** Its nodes. */
  readonly nodes: FakeNodes;
  /** Its documents: AWS's and yours. */
  readonly documents: FakeDocuments;
  /** Its Parameter Store, for `{{ ssm:name }}`. */
  readonly parameters: FakeParameters;
  /** Its S3, with what agents uploaded. */
  readonly objects: FakeObjects;
  /** What the service published to SNS and EventBridge. */
  readonly notifications: FakeNotifications;
  /** The CloudWatch alarms that commands can watch. */
  readonly alarms: FakeAlarms;
  /** The resource groups that targets can name. */
  readonly groups: FakeGroups;
  /** Its CloudWatch Logs. */
  readonly logs: FakeLogs;
  /** The calls that it got, for all its services, in every region. */
  readonly journal: Journal;
  /** Faults to inject, for all its services, in every region. */
  readonly faults: FakeFaults;
  /** Answers a request of AWS JSON 1.1: the way in for adapters of your own. */
  readonly answer: (request: WireRequest) => Promise<WireResponse>;

  /** SendCommand: always returns Pending. Like the other five it needs no `this`, so it can be passed on by itself. */
  declare readonly sendCommand: RunCommandApi["sendCommand"];
  /** CancelCommand. */
  declare readonly cancelCommand: RunCommandApi["cancelCommand"];
  /** GetCommandInvocation. */
  declare readonly getCommandInvocation: RunCommandApi["getCommandInvocation"];
  /** ListCommands: one page. */
  declare readonly listCommands: RunCommandApi["listCommands"];
  /** ListCommandInvocations: one page. */
  declare readonly listCommandInvocations: RunCommandApi["listCommandInvocations"];
  /** The nodes that the service knows, with their ping status; stopped ones are left out. */
  declare readonly describeInstanceInformation: NonNullable<
    RunCommandApi["describeInstanceInformation"]
  >;

  readonly #regions: Regions;
  readonly #parts: RegionParts;
  readonly #seed: number;
  readonly #hasOwnBehavior: boolean;
  #random: () => number;
  #startedAt: EpochMs;

  /**
   * @param options - See {@link FakeSsmOptions}.
   * @throws TypeError, RangeError or Error for an option that is not valid, such as a duration without its unit, or two
   *   nodes with one id.
   */
  constructor(options: FakeSsmOptions<C> = {}) {
    checkOptions(options, FAKE_SSM_OPTIONS, "new FakeSsm()");
    const { nodes = [], behavior = succeeds(), region = "us-east-1", seed = 1 } = options;
    const { accountId = "123456789012", settings = {}, callTakes, journalSize = 10_000 } = options;
    const { access = "allowed" } = options;
    const latency = latencyOf(options.latency);
    // Without a clock among the options, C is its default.
    const clock = options.clock ?? (new VirtualClock() as unknown as C);
    checkFakeOptions({ clock, region, accountId, seed });
    checkBehavior(behavior, "the fake");
    checkAccess(access, "access");
    const warnAfterMs = toMs(options.warnAfter ?? "1.8s", "warnAfter");
    this.clock = clock;
    this.region = region;
    this.#seed = seed;
    this.#hasOwnBehavior = options.behavior !== undefined;
    this.#random = adapterRandom(seed);
    this.random = () => this.#random();
    const requestId = () => randomUuid(this.#random);
    const faultRandom = () => this.#own.account.random.faults;
    this.#parts = sharedParts({
      ...{ clock, latency, callTakes, warnAfterMs },
      ...{ journalSize, requestId, faultRandom },
    });
    this.#regions = new Regions(
      {
        ...{ clock, region, accountId, seed, behavior, access, nodes, warnAfterMs, latency },
        settings: settingsFrom(settings),
        pages: pagesFrom(options.pages, presetOf(options.latency)),
      },
      this.#parts,
    );
    this.#startedAt = clock.now();
    this.journal = this.#parts.journal;
    this.faults = this.#parts.faults;
    const { account, call, wire, runDue } = this.#own;
    const membersOf = (operation: SsmOperation) => SSM_TABLE[operation].members;
    // The six that are declared above, made from one list.
    Object.assign(this, objectApi({ call, requestId, membersOf }));
    this.answer = wire.ssm;
    this.nodes = account.nodes;
    this.parameters = account.parameters;
    this.objects = fakeObjects(this.#own, this.random);
    this.alarms = account.alarms;
    this.groups = account.groups;
    this.documents = fakeDocuments({ documents: account.documents, runDue, requestId });
    this.notifications = fakeNotifications(this.#own, this.#parts.stalls);
    this.logs = fakeLogs(this.#own, this.random);
  }

  /**
   * A real `SSMClient` whose lowest layer is this fake. It stays inside the process: no network, no files, no environment
   * variables.
   *
   * @param overrides - Configuration that replaces the fake's, such as `maxAttempts`.
   *
   * @example
   * ```ts
   * const ssm = fake.client();
   * await ssm.send(new ListCommandsCommand({})); // your middleware, the SDK's retries and exceptions: all real
   * ```
   */
  client(overrides: SSMClientConfig = {}): SSMClient {
    const { SSMClient } = ssmModule();
    return new SSMClient(this.clientConfig(overrides));
  }

  /**
   * The configuration of {@link FakeSsm.client}, for clients that you make yourself: `new SSM(fake.clientConfig())`.
   * Retries are the SDK's own, up to `maxAttempts` attempts in all, and their delays pass on the fake's clock.
   *
   * @param overrides - Configuration that replaces the fake's.
   */
  clientConfig(overrides: SSMClientConfig = {}): SSMClientConfig {
    checkOverrides(overrides, "fake.clientConfig()");
    const { region, clock, random, answer } = this;
    const { maxAttempts } = overrides;
    return {
      ...clientConfig({ service: "ssm", region, clock, random, answer, maxAttempts }),
      ...overrides,
    };
  }

  /**
   * Adds a handler that sees the calls of an operation before the fake does: `undefined` lets a call pass, an answer or a
   * refusal ends it. Handlers are asked in the order in which they were added; the first that answers wins.
   *
   * @param operation - Its name, such as `"SendCommand"`, or `"*"` for all operations, those of CloudWatch Logs and S3, too.
   * @param handler - Gets the operation, its input, the time and the region.
   * @returns A function that removes the handler.
   * @throws TypeError for an operation that the fake does not answer; the message suggests the nearest name.
   *
   * @example
   * ```ts
   * fake.on("CancelCommand", () => ({ refuse: { name: "InternalServerError" } }));
   * fake.on("SendCommand", ({ input }) => (input.MaxErrors === undefined ? undefined : { refuse: { name: "Forbidden" } }));
   * ```
   */
  on<const Operation extends OperationName | "*">(
    operation: Operation,
    handler: HandlerOf<NameOf<Operation>, OperationInput<Operation>, OperationAnswer<Operation>>,
  ): () => void {
    return this.#parts.handlers.add(operation, handler);
  }

  /**
   * What happened, as text: every send, dispatch, delay, cancel and end, and every call that was refused, in order, with the
   * time since the start. Print it when a test fails. Parameters and output are left out.
   *
   * @param options - `commandId`: that command only, and the refused calls that named it.
   *
   * @example
   * ```text
   * 00:00:00.000  7afa32e5…            SendCommand AWS-RunShellScript → tag:Role=web (1 node)  Pending
   * 00:00:00.200  i-00000000000000001  sent                                                    Pending → InProgress
   * 00:01:30.480  i-00000000000000001  ended with exit code 7                                  InProgress → Failed
   * 00:01:30.480  7afa32e5…            ended                                                   → Failed
   * 00:01:30.811  refused              CancelCommand                                           ThrottlingException: (a fault)
   * ```
   */
  timeline(options?: TimelineOptions): string {
    return [...this.timelineInPieces(options)].join("");
  }

  /**
   * Why a command did not succeed, or has not yet, as `explain` of the client says it of an outcome, with the source of each
   * rule: a row of docs/sources.md. Of the output it knows all that the agent reported.
   *
   * @param commandId - Its id. Without one, the latest command.
   * @param options - How much of a node's output it may show: `lines`, `redact`.
   *
   * @example
   * ```ts
   * node.behavior = fails({ exitCode: 7 });
   * await deploy(fake);
   * fake.explain().causes[0]?.rule; //=> "more errors than MaxErrors allow"
   * fake.explain().causes[0]?.source; //=> "[guide-send-multiple]"
   * ```
   */
  explain(commandId?: string, options?: ShownOutput): SourcedExplanation {
    checkOptions(options, SHOWN_OUTPUT_OPTIONS, "fake.explain()");
    const { account, runDue } = this.#own;
    runDue();
    return explainCommand(account, { commandId, shown: options });
  }

  /**
   * The least IAM policy for the calls in the journal (the latest, as many as `journalSize` says), answered or not, of all
   * services: documents, nodes by their ids or by the tags of targets, log groups and buckets as the calls named them. Roles that
   * are passed and groups that are listed are in it. It ends at what a call names: not at keys of KMS, nor at what nodes need. Without calls its `Statement`
   * is empty, which IAM does not take.
   *
   * @param options - Another `region` or `accountId` for its ARNs, also `"*"`.
   * @throws Error when the journal has an operation that the fake does not answer.
   *
   * @example
   * ```ts
   * await deploy(fake);
   * const { Statement } = fake.callerPolicy({ region: "*" });
   * Statement.map(({ Action }) => Action.join()); //=> ["ssm:SendCommand", "ssm:SendCommand", "ssm:ListCommandInvocations,ssm:ListCommands"]
   * Statement[1]?.Condition; //=> { StringLike: { "ssm:resourceTag/Role": ["web"] } }
   * ```
   */
  callerPolicy(options?: JournalPolicyOptions): IamPolicy {
    return policyOfCalls(this.#parts.journal.each(), this.#own.account.accountId, options);
  }

  /** @internal The timeline piece by piece: text, or nothing while it is being put in order. */
  timelineInPieces(options?: TimelineOptions): Iterable<string> {
    checkOptions(options, TIMELINE_OPTIONS, "fake.timeline()");
    const commandId = options?.commandId;
    const { account, runDue } = this.#own;
    runDue();
    const { sent } = account.commands;
    const commands = commandId === undefined ? sent : sent.filter((c) => c.commandId === commandId);
    const refused = this.#parts.journal.refusals({ region: this.region, commandId });
    return timelineInPieces([...commands], { account, refused, since: this.#startedAt });
  }

  /** @internal The entries of the journal one by one, without copies. */
  journalEntries(): Iterable<JournalEntry> {
    return this.#parts.journal.each();
  }

  /**
   * @internal The services of a region, or undefined if it is not open.
   *
   * @param mayOpen - Decides whether a region that is asked for the first time is opened; gets the number of regions beside
   *   the fake's own.
   */
  servicesIn(name: string, mayOpen: (others: number) => boolean): Region["served"] | undefined {
    const open = this.#regions.get(name);
    if (open !== undefined) return open.served;
    return mayOpen(this.#regions.others) ? this.#regions.open(name).served : undefined;
  }

  /** @internal The services of a region, as clients inside the process reach them; it is opened if it is not open. */
  wireIn(name: string): Region["wire"] {
    return (this.#regions.get(name) ?? this.#regions.open(name)).wire;
  }

  /** @internal For assertions: throws mistakes of the test that have shown, such as a plugin that no step has. */
  throwMistakes(): void {
    this.#own.throwMistakes();
  }

  /** @internal The commands, oldest first, after what is due has run. */
  records(): readonly CommandSnapshot[] {
    const { account, runDue } = this.#own;
    runDue();
    const { commands, settings } = account;
    return commands.sent.map((command) => snapshotOf(command, settings));
  }

  /**
   * What was prepared and never came to be: faults that never struck, handlers that were never asked, behaviors that no
   * process began with, and parts of them that were never chosen (a plugin of `byPlugin`, a run of `inOrder`). Print it, or
   * assert that it is empty, when a test is green and should not be.
   *
   * @example
   * ```ts
   * fake.faults.throttle("CancelCommand", { times: 1 });
   * node.behavior = inOrder(fails(), succeeds());
   * await deploy(fake); // only once
   * fake.unused(); //=> ["throttle CancelCommand", "run 2 of inOrder() of i-0123456789abcdef0"]
   * ```
   */
  unused(): readonly string[] {
    const { account, runDue } = this.#own;
    runDue();
    const behaviors = unusedBehaviors(account, { isOwn: this.#hasOwnBehavior });
    return [...this.#parts.faults.unused(), ...this.#parts.handlers.unused(), ...behaviors];
  }

  /**
   * Starts over: ends shells, rejects calls that are under way and those who sleep on the clock with a `ClockResetError`,
   * drops commands, logs, buckets,
   * documents, parameters, alarms, groups, faults, handlers, listeners and the journal, and restarts ids, random numbers and
   * virtual time (also on a clock that another fake shares). The nodes are again those that the constructor was given.
   *
   * @throws (as a rejection) what a behavior's `whenFakeEnds` threw, when all else is done.
   */
  async reset(): Promise<void> {
    this.#parts.callTime.reset();
    try {
      await this.#regions.reset();
    } finally {
      this.#random = adapterRandom(this.#seed);
      clearParts(this.#parts);
      if (this.clock instanceof VirtualClock) this.clock.reset();
      this.#startedAt = this.clock.now();
    }
  }

  get #own(): Region {
    return this.#regions.own;
  }

  /** @internal The types tell of it where the user's compiler knows the symbol: {@link AsyncDisposal}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.reset();
  }
}

/** `await using fake = new FakeSsm()` resets it at the end. */
// biome-ignore lint/correctness/noUnusedVariables: both declarations need the same type parameters.
export interface FakeSsm<C extends Clock = VirtualClock> extends AsyncDisposal {}

/** Random numbers of adapters, apart from those of the service: what adapters draw must not change a command's id. */
function adapterRandom(seed: number): () => number {
  return seededRandom(seed + 1);
}
