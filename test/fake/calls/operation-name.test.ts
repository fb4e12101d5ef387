import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import {
  LOGS_OPERATIONS,
  S3_OPERATIONS,
  SSM_OPERATIONS,
} from "../../../src/fake/calls/operation-name.ts";

/** What JavaScript callers, and casts, can write. */
const as = (name: string) => name as never;

const FAULTS = [
  "throttle",
  "internalError",
  "expireToken",
  "denyAccess",
  "slow",
  "limitRate",
  "resetConnection",
  "breakBody",
  "loseAnswer",
] as const;

describe("the name of an operation", () => {
  it.each(FAULTS)("that the fake does not answer is refused by %s, with the nearest", (fault) => {
    const { faults } = new FakeSsm();
    const when = { every: 1, by: "1s", perSecond: 1 } as const;
    expect(() => faults[fault](as("ListComands"), when)).toThrow(
      new TypeError(
        `fake.faults.${fault} was given the operation "ListComands", which the fake does not answer. Did you mean ListCommands? "*" means all of them.`,
      ),
    );
  });

  it("that the fake does not answer is refused by a handler, which says how such calls are answered", () => {
    expect(() => new FakeSsm().on(as("FilterLogEvent"), () => undefined)).toThrow(
      new TypeError(
        'fake.on was given the operation "FilterLogEvent", which the fake does not answer. Did you mean FilterLogEvents? "*" means all of them. To answer an operation that the fake does not know, use "*" and look at `operation`.',
      ),
    );
  });

  it("that is near none of them is refused with all of them", () => {
    const { faults } = new FakeSsm();
    const names = [...SSM_OPERATIONS, ...LOGS_OPERATIONS, ...S3_OPERATIONS].join(", ");
    expect(() => faults.throttle(as("StartSession"), { every: 1 })).toThrow(
      `which the fake does not answer. It answers ${names}.`,
    );
  });

  it.each(["toString", "constructor", ""])("is refused when it is %j", (name) => {
    expect(() => new FakeSsm().on(as(name), () => undefined)).toThrow(TypeError);
  });

  it("that was refused leaves no fault behind", () => {
    const { faults } = new FakeSsm();
    expect(() => faults.throttle(as("ListComands"), { every: 1 })).toThrow(TypeError);
    expect(faults.unused()).toEqual([]);
  });

  it.each([...SSM_OPERATIONS, ...LOGS_OPERATIONS, "*" as const])("is taken: %s", (name) => {
    const fake = new FakeSsm();
    fake.on(name, () => undefined);
    fake.faults.throttle(name, { times: 1 });
    expect(fake.faults.unused()).toEqual([`throttle ${name}`]);
  });
});
