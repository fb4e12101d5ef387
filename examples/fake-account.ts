// The Run Command that the swapped client talks to (02-swap-in-vitest.test.ts, 03-swap-in-jest.test.ts).
import { FakeSsm } from "ssm-run-command/fake";

export const fake = new FakeSsm();
