import { rejects } from "node:assert/strict";
import { SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { beforeAll, describe, expect, it } from "vitest";
import { type Comparison, comparisons, table } from "./compare.ts";
import { CORRECT, FleetService } from "./fleet-service.ts";

describe("tests of the same service", () => {
  let clientMock: Comparison;
  let ours: Comparison;

  beforeAll(async () => {
    [clientMock, ours] = await comparisons();
  }, 30_000);

  it("all pass for the correct service", () => {
    expect([clientMock.falseAlarms, ours.falseAlarms]).toEqual([[], []]);
  });

  it("notice five of five faults when they are written with the fake", () => {
    expect(ours.noticedBy).toEqual({
      "ignores the second page": ["finds the failed nodes on both pages"],
      "treats Cancelling as final": ["waits until a cancelled command is over"],
      "never stops on TimedOut": ["stops waiting for a command that timed out"],
      "reads output too early": ["reads the output"],
      "does not retry throttling": ["gets through a throttled call"],
    });
  });

  // With aws-sdk-client-mock 4.1.0. The authors of its tests had to know of pages, Cancelling and TimedOut to script them.
  it("notice three of five when they are written with aws-sdk-client-mock", () => {
    expect(clientMock.noticedBy).toEqual({
      "ignores the second page": ["finds the failed node on the second page"],
      "treats Cancelling as final": ["waits until a cancelled command is over"],
      "never stops on TimedOut": ["stops waiting for a command that timed out"],
      "reads output too early": [],
      "does not retry throttling": [],
    });
  });

  it("are fewer lines with the fake", () => {
    expect(ours.lines).toBeLessThan(clientMock.lines);
  });

  it("are as many with either", () => {
    expect(ours.tests).toBe(clientMock.tests);
  });

  it("stand side by side in the table", () => {
    expect(table([clientMock, ours])).toMatch(/^noticed +3 of 5 +5 of 5$/m);
  });
});

describe("aws-sdk-client-mock", () => {
  it("stands above the SDK's retries, so that one throttled call fails a service that retries", async () => {
    const ssm = mockClient(SSMClient);
    const throttled = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
    ssm
      .on(SendCommandCommand)
      .rejectsOnce(throttled)
      .resolves({ Command: { CommandId: "1" } });
    const service = new FleetService({ sleep: async () => {} }, { ...CORRECT, maxAttempts: 3 });
    await rejects(service.start("./deploy.sh", "web"), { name: "ThrottlingException" });
    ssm.restore();
  });
});
