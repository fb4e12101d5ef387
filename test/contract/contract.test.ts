import { SSM } from "@aws-sdk/client-ssm";
import { RunCommandClient } from "ssm-run-command";
import { describe, expect, it, onTestFinished } from "vitest";
import { clientOverHttp } from "../support/over-http.ts";
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
const byHttp = describeRunCommandContract("HTTP", (fake) => {
  const { ssm, close } = clientOverHttp(fake);
  onTestFinished(close);
  return ssm;
});

describe("the contract", () => {
  it("holds in the same cases through objects and a real SSMClient", () => {
    expect([...byClient]).toEqual([...byObjects]);
  });

  it("holds in the same cases through objects and the aggregated SSM", () => {
    expect([...bySsm]).toEqual([...byObjects]);
  });

  it("holds in the same cases through objects and HTTP", () => {
    expect([...byHttp]).toEqual([...byObjects]);
  });

  it("has more than a hundred cases", () => {
    expect(byObjects.size).toBeGreaterThan(100);
  });
});
