import { FakeSsm } from "ssm-run-command/fake";

/** The fake of the running test. */
export const holder = { fake: new FakeSsm() };
