import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { S3, S3Client } from "@aws-sdk/client-s3";
import type { SSM } from "@aws-sdk/client-ssm";
import type { CommandOutcome, SentCommand } from "ssm-run-command";
import {
  type CommandOutput,
  readCommandOutput,
  type TailedOutput,
  tailCommandOutput,
} from "ssm-run-command/cloudwatch-logs";
import { describe, expectTypeOf, it } from "vitest";

const logs = {} as CloudWatchLogsClient;
const [sent, outcome, api] = [{} as SentCommand, {} as CommandOutcome, {} as SSM];

describe("output", () => {
  it("is read for an outcome, or for a place that is given in full", () => {
    expectTypeOf(readCommandOutput(logs, outcome)).resolves.toEqualTypeOf<
      readonly CommandOutput[]
    >();
    const place = { commandId: "c", instanceIds: ["i-1"], pluginNames: ["step"] };
    readCommandOutput(logs, { ...place, logGroupName: "/aws/ssm/Deploy" });
    // @ts-expect-error no log group
    readCommandOutput(logs, place);
  });

  it("is read from S3 with any of its clients, and no other", () => {
    readCommandOutput(logs, outcome, { s3: {} as S3Client });
    readCommandOutput(undefined, outcome, { s3: {} as S3 });
    readCommandOutput(logs, outcome, { s3: undefined, abortSignal: undefined });
    // @ts-expect-error a client of another service
    readCommandOutput(undefined, outcome, { s3: logs });
  });

  it("is followed for what was sent, or for an id and who to ask", () => {
    expectTypeOf(tailCommandOutput(logs, sent)).toExtend<AsyncIterable<TailedOutput>>();
    expectTypeOf(tailCommandOutput).toBeCallableWith(logs, { api, commandId: "c" });
    // @ts-expect-error an id without a client
    tailCommandOutput(logs, { commandId: "c" });
    // @ts-expect-error a duration needs its unit
    tailCommandOutput(logs, sent, { pollEvery: 2 });
  });

  it("comes on one of two streams", () => {
    expectTypeOf<TailedOutput["stream"]>().toEqualTypeOf<"stdout" | "stderr">();
  });
});
