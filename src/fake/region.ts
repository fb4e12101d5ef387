import { arnOf, partitionOf } from "../domain/partition.ts";
import type { DrivenClock } from "../time/clock.ts";
import type { Duration } from "../time/duration.ts";
import { type Random, seedOf } from "../time/random.ts";
import { accessDenied, callerArn, isDenied, WHY_DENIED } from "./account/access.ts";
import type { Account } from "./account/account.ts";
import { answerAwsJson } from "./adapters/aws-json.ts";
import { answerS3 } from "./adapters/s3/answer-s3.ts";
import type { AnsweredRequest, WireRequest, WireResponse } from "./adapters/wire.ts";
import { type CallLatency, CallTime, forgivingReset } from "./calls/call-time.ts";
import { Faults } from "./calls/faults.ts";
import { Handlers } from "./calls/handlers.ts";
import { CallJournal } from "./calls/journal.ts";
import { type Call, type PipelineParts, type Service, throughPipeline } from "./calls/pipeline.ts";
import { StallWatch } from "./calls/watches/stall-watch.ts";
import { WallClockWatch } from "./calls/watches/wall-clock-watch.ts";
import { WrongTypes } from "./calls/watches/wrong-types.ts";
import { LogService } from "./logs/logs-service.ts";
import type { Refusal, Result } from "./result.ts";
import { AccountRuntime, type RuntimeOptions } from "./runtime/account-runtime.ts";
import type { S3Input } from "./s3/s3-operation.ts";
import { callS3, inWordsOfS3, s3Denial } from "./s3/s3-service.ts";
import { ssmService } from "./ssm/ssm-service.ts";

type Answer<A> = (request: WireRequest) => Promise<A>;

/** One region of a fake: an account, and its services, each behind the pipeline that all regions share. */
export interface Region {
  readonly account: Account;
  /** Calls Systems Manager. */
  readonly call: Call;
  /** The services over the wire: for adapters of tests. */
  readonly wire: Readonly<Record<"ssm" | "logs" | "s3", Answer<WireResponse>>>;
  /** The same over HTTP, with what the author of the test can do about a refusal. */
  readonly served: Readonly<Record<"ssm" | "logs" | "s3", Answer<AnsweredRequest>>>;
  readonly runDue: () => void;
  /** Throws the mistakes of the test that have shown, for an assertion. */
  readonly throwMistakes: () => void;
  readonly settle: () => Promise<void>;
  readonly reset: () => Promise<void>;
}

/** What the regions of a fake have in common. */
export interface RegionParts extends PipelineParts {
  readonly requestId: () => string;
}

/** What the parts of a fake are made of. */
interface PartsOptions {
  readonly clock: DrivenClock;
  readonly latency: CallLatency;
  readonly callTakes: Duration | undefined;
  readonly warnAfterMs: number;
  readonly journalSize: number;
  readonly requestId: () => string;
  /** Random numbers of faults, which a reset begins again. */
  readonly faultRandom: () => Random;
}

/** What the regions of a fake have in common, made once. */
export function sharedParts(options: PartsOptions): RegionParts {
  const { clock, latency, callTakes, warnAfterMs, journalSize, requestId, faultRandom } = options;
  const stalls = new StallWatch(clock, warnAfterMs, callTakes);
  return {
    ...{ clock, requestId, stalls },
    journal: new CallJournal(journalSize),
    faults: new Faults(faultRandom, () => clock.now()),
    handlers: new Handlers(),
    wallClocks: new WallClockWatch(clock),
    wrongTypes: new WrongTypes(),
    callTime: new CallTime({ clock, stalls, latency, callTakes }),
  };
}

/** Forgets what the parts hold of calls, faults and handlers. */
export function clearParts(parts: RegionParts): void {
  parts.journal.clear();
  parts.faults.clear();
  parts.handlers.clear();
  parts.stalls.clear();
  parts.wallClocks.clear();
  parts.wrongTypes.clear();
}

/**
 * Opens a region that holds only the nodes among its options.
 *
 * @param home - The region with whose buckets this one shares all. @default none
 */
function openRegion(options: RuntimeOptions, parts: RegionParts, home?: Region): Region {
  const { requestId } = parts;
  const buckets = home === undefined ? {} : { buckets: home.account.buckets };
  const runtime = new AccountRuntime({ ...options, ...buckets });
  const [ssm, logs, s3] = [ssmService(runtime), logsService(runtime), s3Service(runtime, home)];
  const call = throughPipeline(ssm, parts);
  // What cannot be read is refused before a service sees it, and takes as long.
  const untilRefused = () => parts.callTime.begin("a request", { isServed: false }).untilLook();
  const answers = (ways: Readonly<Record<"ssm" | "logs" | "s3", Call>>): Region["served"] => ({
    ssm: (request) =>
      answerAwsJson(request, { target: "AmazonSSM", call: ways.ssm, untilRefused, requestId }),
    logs: (request) =>
      answerAwsJson(request, {
        target: "Logs_20140328",
        ...{ call: ways.logs, untilRefused, requestId },
        // [logs-put-retention] promises an empty body; [logs-service-model] gives neither an output.
        withoutOutput: ["CreateLogGroup", "PutRetentionPolicy"],
      }),
    s3: (request) => answerS3(request, { call: ways.s3, untilRefused, requestId }),
  });
  const here = answers({
    ssm: call,
    logs: throughPipeline(logs, parts),
    s3: throughPipeline(s3, parts),
  });
  const overHttp = { ...parts, isServed: true };
  return {
    account: runtime.account,
    call,
    served: answers({
      ssm: throughPipeline(ssm, overHttp),
      logs: throughPipeline(logs, overHttp),
      s3: throughPipeline(s3, overHttp),
    }),
    wire: {
      ssm: (request) => forgivingReset(responseOf(here.ssm(request))),
      logs: (request) => forgivingReset(responseOf(here.logs(request))),
      s3: (request) => forgivingReset(responseOf(here.s3(request))),
    },
    runDue: () => runtime.runDue(),
    throwMistakes: () => {
      runtime.runDue();
      runtime.mistakes.throwAtAssertion();
    },
    settle: () => runtime.settle(),
    reset: () => runtime.reset(),
  };
}

/**
 * The regions of a fake: its own, and those that requests over HTTP were signed for. They share the clock, the settings and
 * the latency of the fake. Each has a seed of its own, made from the fake's seed and its name, so that its ids do not
 * depend on the order in which regions are asked.
 */
export class Regions {
  readonly own: Region;
  readonly #options: RuntimeOptions;
  readonly #parts: RegionParts;
  readonly #others = new Map<string, Region>();

  constructor(options: RuntimeOptions, parts: RegionParts) {
    this.#options = options;
    this.#parts = parts;
    this.own = openRegion(options, parts);
  }

  /** How many are open beside the fake's own. */
  get others(): number {
    return this.#others.size;
  }

  /** The region of this name, if it is open. */
  get(name: string): Region | undefined {
    return name === this.#options.region ? this.own : this.#others.get(name);
  }

  /** Opens another region, without nodes. */
  open(name: string): Region {
    const seed = seedOf(`${this.#options.seed}/${name}`);
    // The name of a bucket means the same in all regions of a partition, and clients follow S3 to where it is.
    const { own } = this;
    const home = partitionOf(name) === partitionOf(own.account.region) ? own : undefined;
    const options = { ...this.#options, region: name, seed, nodes: [] };
    const region = openRegion(options, this.#parts, home);
    this.#others.set(name, region);
    return region;
  }

  /** Starts over with the fake's own region alone. An error of one region is thrown when all have started over. */
  async reset(): Promise<void> {
    const regions = [...this.#others.values(), this.own];
    this.#others.clear();
    const done = await Promise.allSettled(regions.map((region) => region.reset()));
    for (const each of done) if (each.status === "rejected") throw each.reason;
  }
}

async function responseOf(answered: Promise<AnsweredRequest>): Promise<WireResponse> {
  return (await answered).response;
}

/** A name in the input of a call that is not checked yet; empty if there is none. */
function nameIn(input: unknown, member: string): string {
  const isObject = typeof input === "object" && input !== null;
  const name: unknown = isObject ? Reflect.get(input, member) : undefined;
  return typeof name === "string" ? name.slice(0, 512) : "";
}

/** CloudWatch Logs with what the agents of an account have written. Before a call is answered, what is due is written. */
function logsService(runtime: AccountRuntime): Service {
  const { account } = runtime;
  const { logs: store, region, accountId, clock, pages } = account;
  const now = () => clock.now();
  const service = new LogService({ store, region, accountId, now, pages });
  const denial = (operation: string, input: unknown) => {
    const [group, stream] = [nameIn(input, "logGroupName"), nameIn(input, "logStreamName")];
    const resource = arnOf("logs", {
      ...{ region, accountId },
      resource: `log-group:${group}:log-stream:${stream}`,
    });
    return accessDenied(account, { action: `logs:${operation}`, resource });
  };
  return {
    name: "logs",
    region,
    denial,
    call: async (operation, input) => {
      await runtime.settle();
      if (isDenied(account.access, { operation })) return denied(denial(operation, input));
      return service.call(operation, input);
    },
    openCommand: () => account.commands.openId(),
  };
}

/**
 * S3 with what the agents of an account have uploaded. Before a call is answered, what is due is uploaded.
 *
 * @param home - The region whose agents fill the buckets, if it is another one.
 */
function s3Service(runtime: AccountRuntime, home: Region | undefined): Service {
  const { account } = runtime;
  const { buckets, region, accountId, pages } = account;
  // An adapter makes the input: it is always an object.
  const inputOf = (input: unknown) => input as S3Input;
  const denial = (operation: string, input: unknown) =>
    s3Denial(operation, { input: inputOf(input), region, caller: callerArn(account) });
  return {
    name: "s3",
    region,
    denial,
    inOwnWords: inWordsOfS3,
    call: async (operation, input) => {
      await (home ?? runtime).settle();
      const bucket = nameIn(input, "Bucket");
      const call = { operation, ...(bucket === "" ? {} : { bucket }) };
      if (isDenied(account.access, call)) return denied(denial(operation, input));
      const context = { buckets, accountId, region, pages };
      return callS3(operation, { input: inputOf(input), context });
    },
    openCommand: () => (home ?? runtime).account.commands.openId(),
  };
}

function denied(refusal: Refusal): Result<never> {
  return { ok: false, refusal: { ...refusal, why: WHY_DENIED } };
}
