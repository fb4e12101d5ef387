import { SSM } from "@aws-sdk/client-ssm";
import { RunCommandClient } from "ssm-run-command";
import { describe, expect, it } from "vitest";
import { describeRunCommandContract } from "./contract.ts";

const byObjects = describeRunCommandContract("the object API", (fake) => fake);
const byClient = describeRunCommandContract(
  "a real SSMClient",
  (fake) => new RunCommandClient(fake.client()),
);
const bySsm = describeRunCommandContract(
  "the aggregated SSM",
  (fake) => new SSM(fake.clientConfig()),
);

describe("the contract", () => {
  it("holds in the same cases through objects and a real SSMClient", () => {
    expect([...byClient]).toEqual([...byObjects]);
  });

  it("holds in the same cases through objects and the aggregated SSM", () => {
    expect([...bySsm]).toEqual([...byObjects]);
  });

  it("has more than a hundred cases", () => {
    expect(byObjects.size).toBeGreaterThan(100);
  });
});
