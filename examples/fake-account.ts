// The Run Command that the swapped client talks to (swap-in-vitest.test.ts, swap-in-jest.test.ts).
import { FakeSsm } from "ssm-run-command/fake";

export const fake = new FakeSsm();
