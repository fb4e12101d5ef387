import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type {
  AlarmConfiguration,
  CloudWatchOutputConfig,
  SSMClient,
  Target,
} from "@aws-sdk/client-ssm";
import type { FakeSsm } from "../fake/index.ts";

/**
 * The nodes of a world as SendCommand takes them, with the limits that the world has: to spread into a request.
 *
 * @inline
 */
export type WorldTarget = {
  /** As `MaxConcurrency` of SendCommand; absent in most worlds. */
  MaxConcurrency?: string;
  /** As `MaxErrors` of SendCommand; absent in most worlds. */
  MaxErrors?: string;
  /** As `AlarmConfiguration` of SendCommand: only in a world whose alarm goes off. */
  AlarmConfiguration?: AlarmConfiguration;
} & (
  | {
      /** The ids of the nodes. */
      InstanceIds: string[];
      /** Not together with ids. */
      Targets?: undefined;
    }
  | {
      /** A tag that the nodes have. */
      Targets: Target[];
      /** Not together with targets. */
      InstanceIds?: undefined;
    }
);

/**
 * What a function gets in a world.
 *
 * @example
 * ```ts
 * const run = async ({ ssm, target, logsConfig }: WorldArgument) => {
 *   const request = { ...runShellScript("make"), ...target, CloudWatchOutputConfig: logsConfig };
 *   return (await new RunCommandClient(ssm).send(request)).waitForTerminal();
 * };
 * (await explore(run, { worlds: ["one of three nodes fails late"] })).wrong; //=> []
 * ```
 */
export interface WorldArgument {
  /** A real `SSMClient` on the fake. */
  readonly ssm: SSMClient;
  /** A real `CloudWatchLogsClient` on the fake; undefined where `@aws-sdk/client-cloudwatch-logs` is not installed. */
  readonly logs: CloudWatchLogsClient;
  /** The nodes of the world, and its limits, to spread into a request. */
  readonly target: WorldTarget;
  /** To ask for output in CloudWatch Logs. */
  readonly logsConfig: CloudWatchOutputConfig;
  /** The fake itself. */
  readonly fake: FakeSsm;
  /** Aborted when the world's cap is reached: from then on no call and no timer of the function settles. */
  readonly signal: AbortSignal;
}
