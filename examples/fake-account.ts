// The Run Command that the swapped client talks to (02-swap-in-vitest.test.ts, 03-swap-in-jest.test.ts).
import { FakeSsm } from "ssm-run-command/fake";

// Its nodes are where the clients of the code under test look for them.
export const fake = new FakeSsm({ region: "eu-central-1" });
