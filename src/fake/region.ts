import { seedOf } from "../time/random.ts";
import type { Account } from "./account/account.ts";
import { answerAwsJson } from "./adapters/aws-json.ts";
import type { WireRequest, WireResponse } from "./adapters/wire.ts";
import { type Call, type PipelineParts, type Service, throughPipeline } from "./calls/pipeline.ts";
import { LogService } from "./logs/logs-service.ts";
import { AccountRuntime, type RuntimeOptions } from "./runtime/account-runtime.ts";
import { ssmService } from "./ssm/ssm-service.ts";

type WireCall = (request: WireRequest) => Promise<WireResponse>;

/** One region of a fake: an account, and its services, each behind the pipeline that all regions share. */
export interface Region {
  readonly account: Account;
  /** Calls Systems Manager. */
  readonly call: Call;
  /** The services over AWS JSON 1.1. */
  readonly wire: { readonly ssm: WireCall; readonly logs: WireCall };
  readonly runDue: () => void;
  readonly reset: () => Promise<void>;
}

/** What the regions of a fake have in common. */
export interface RegionParts extends PipelineParts {
  readonly requestId: () => string;
}

/** Opens a region that holds only the nodes among its options. */
function openRegion(options: RuntimeOptions, parts: RegionParts): Region {
  const { requestId } = parts;
  const runtime = new AccountRuntime(options);
  const ssm = throughPipeline(ssmService(runtime), parts);
  const logs = throughPipeline(logsService(runtime), parts);
  return {
    account: runtime.account,
    call: ssm,
    wire: {
      ssm: (request) => answerAwsJson(request, { target: "AmazonSSM", call: ssm, requestId }),
      logs: (request) =>
        answerAwsJson(request, {
          target: "Logs_20140328",
          call: logs,
          requestId,
          // [logs-put-retention] promises an empty body; [logs-service-model] gives neither an output.
          withoutOutput: ["CreateLogGroup", "PutRetentionPolicy"],
        }),
    },
    runDue: () => runtime.runDue(),
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
    const region = openRegion({ ...this.#options, region: name, seed, nodes: [] }, this.#parts);
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

/** CloudWatch Logs with what the agents of an account have written. Before a call is answered, what is due is written. */
function logsService(runtime: AccountRuntime): Service {
  const { logs: store, region, accountId, clock } = runtime.account;
  const service = new LogService({ store, region, accountId, now: () => clock.now() });
  return {
    name: "logs",
    region,
    call: async (operation, input) => {
      await runtime.settle();
      return service.call(operation, input);
    },
  };
}
