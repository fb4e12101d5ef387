import { SSM } from "@aws-sdk/client-ssm";
import type { FakeSsmOptions } from "ssm-run-command/fake";
import { describe } from "vitest";
import { type AdapterOf, ContractAccount } from "../contract/contract-account.ts";

/** Opens an account that is reached by the road under test. */
export type OpenAccount = (options?: FakeSsmOptions) => ContractAccount;

const ROADS: readonly (readonly [name: string, adapterOf: AdapterOf])[] = [
  ["the object API", (fake) => fake],
  ["a real SSMClient", (fake) => new SSM(fake.clientConfig())],
];

/** Runs the same tests on every road into the fake: the facts about the service hold for every caller. */
export function describeOnBothRoads(name: string, facts: (open: OpenAccount) => void): void {
  describe.each(ROADS)(`${name}, through %s`, (_, adapterOf) => {
    facts((options = {}) => new ContractAccount(adapterOf, options));
  });
}
