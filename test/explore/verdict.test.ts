import { describe, expect, it } from "vitest";
import { isOfFault } from "../../src/explore/judging/fault-errors.ts";
import { saidByDefault } from "../../src/explore/judging/said.ts";
import { hasTwins, type SeenCommand, truthOf } from "../../src/explore/judging/truth.ts";
import { type Seen, shownTruth, verdictOf } from "../../src/explore/judging/verdict.ts";

/** A function that returned what is true of a command that it sent. */
const RIGHT: Seen = {
  hung: false,
  sentTwice: false,
  said: "succeeded",
  threw: "no",
  sent: true,
  leftOpen: false,
  truth: "succeeded",
};

describe("The verdict", () => {
  it.each<[string, Partial<Seen>, string | undefined]>([
    ["is none where what was said is true", {}, undefined],
    ["is hung before all else", { hung: true, sentTwice: true }, "hung"],
    ["is sentTwice before lied", { sentTwice: true, truth: "failed" }, "sentTwice"],
    ["is lied where a failure was called a success", { truth: "failed" }, "lied"],
    ["is lied where a partial success was called one", { truth: "partly" }, "lied"],
    ["is lied where no node was called a success", { truth: "none", sent: false }, "lied"],
    ["is lied where it was said before the end, whatever came", { leftOpen: true }, "lied"],
    ["is none where a failure was called one", { said: "failed", truth: "failed" }, undefined],
    ["is none where `partly` was called a failure", { said: "failed", truth: "partly" }, undefined],
    [
      "is none where `cancelled` was called a failure",
      { said: "failed", truth: "cancelled" },
      undefined,
    ],
    ["is none where no node was called a failure", { said: "failed", truth: "none" }, undefined],
    ["is falseAlarm where a success was called a failure", { said: "failed" }, "falseAlarm"],
    ["is falseAlarm where that was said early", { said: "failed", leftOpen: true }, "falseAlarm"],
    ["is falseAlarm where a success was called partial", { said: "partly" }, "falseAlarm"],
    ["is falseAlarm where what has succeeded is said to run", { said: "running" }, "falseAlarm"],
    [
      "is leftRunning where it is said to run, and runs",
      { said: "running", leftOpen: true },
      "leftRunning",
    ],
    [
      "is leftRunning where it was called a failure early",
      { said: "failed", leftOpen: true, truth: "failed" },
      "leftRunning",
    ],
    ["is threw for an error after a success", { said: "failed", threw: "anError" }, "threw"],
    [
      "is threw for an error when nothing was sent",
      { said: "failed", threw: "anError", sent: false, truth: "none" },
      "threw",
    ],
    [
      "is none for an error after a failure",
      { said: "failed", threw: "anError", truth: "failed" },
      undefined,
    ],
    [
      "is none for an error after a failure that was still open",
      { said: "failed", threw: "anError", truth: "failed", leftOpen: true },
      undefined,
    ],
    [
      "is none for the error of a fault, whatever came",
      { said: "failed", threw: "aFault", leftOpen: true },
      undefined,
    ],
    [
      "is none for the error of a fault when nothing was sent",
      { said: "failed", threw: "aFault", sent: false, truth: "none" },
      undefined,
    ],
    ["is lied where an error was called a success", { threw: "aFault", truth: "failed" }, "lied"],
  ])("%s", (_, seen, verdict) => {
    expect(verdictOf({ ...RIGHT, ...seen })).toBe(verdict);
  });

  it("shows `running` only for what was called a success too early", () => {
    expect(shownTruth({ ...RIGHT, leftOpen: true })).toBe("running");
    expect(shownTruth({ ...RIGHT, said: "failed", leftOpen: true })).toBe("succeeded");
  });
});

describe("What a result says", () => {
  it.each([
    [undefined, "succeeded"],
    [true, "succeeded"],
    [false, "failed"],
    ["partly", "partly"],
    [{ kind: "incomplete" }, "partly"],
    [{ kind: "noTargets" }, "none"],
    [{ kind: "deliveryTimedOut" }, "failed"],
    [{ kind: "running" }, "running"],
    [{ kind: "unknown" }, "running"],
  ])("of %j is %s", (result, word) => {
    expect(saidByDefault(result, undefined)).toBe(word);
  });

  it.each([[null], [0], ["Success"], [{}], [{ kind: "toString" }], [[]]])(
    "of %j is not known",
    (result) => {
      expect(saidByDefault(result, undefined)).toBeUndefined();
    },
  );

  it("of an error is failed", () => {
    expect(saidByDefault(undefined, new Error("no"))).toBe("failed");
  });
});

const command = (
  details: SeenCommand["standing"]["details"],
  request: Partial<SeenCommand["request"]> = {},
): SeenCommand => ({
  request: { DocumentName: "AWS-RunShellScript", ...request },
  standing: { details },
  closedAt: 0,
});

describe("The truth", () => {
  it.each<[SeenCommand["standing"]["details"], string]>([
    ["Success", "succeeded"],
    ["NoInstancesInTag", "none"],
    ["Incomplete", "partly"],
    ["Failed", "failed"],
    ["DeliveryTimedOut", "failed"],
    ["AccessDenied", "failed"],
    ["LimitExceeded", "failed"],
    ["FailedDueToAlarm", "failed"],
    ["Cancelled", "cancelled"],
    ["InProgress", "running"],
  ])("of a command that is %s is %s", (details, truth) => {
    expect(truthOf([command(details)])).toBe(truth);
  });

  it("of no command is none", () => {
    expect(truthOf([])).toBe("none");
  });

  it("of several commands is the worst", () => {
    expect(truthOf([command("Success"), command("Failed"), command("Incomplete")])).toBe("failed");
    expect(truthOf([command("Success"), command("NoInstancesInTag")])).toBe("none");
  });
});

describe("Two commands are the same", () => {
  it.each<[string, Partial<SeenCommand["request"]>, Partial<SeenCommand["request"]>, boolean]>([
    [
      "with equal document, parameters and targets",
      { InstanceIds: ["a", "b"] },
      { InstanceIds: ["b", "a"] },
      true,
    ],
    [
      "with parameters in another order",
      { Parameters: { a: ["1"], b: ["2"] } },
      { Parameters: { b: ["2"], a: ["1"] } },
      true,
    ],
    [
      "not with other parameters",
      { Parameters: { commands: ["a"] } },
      { Parameters: { commands: ["b"] } },
      false,
    ],
    ["not with other nodes", { InstanceIds: ["a"] }, { InstanceIds: ["b"] }, false],
    [
      "not with other targets",
      { Targets: [{ Key: "tag:a", Values: ["b"] }] },
      { InstanceIds: ["a"] },
      false,
    ],
    [
      "with a document by its ARN and its default version",
      {
        DocumentName: "arn:aws:ssm:us-east-1::document/AWS-RunShellScript",
        DocumentVersion: "$DEFAULT",
      },
      {},
      true,
    ],
    ["not with another document", { DocumentName: "mine" }, {}, false],
  ])("%s", (_, one, other, same) => {
    expect(hasTwins([command("Success", one), command("Failed", other)])).toBe(same);
  });
});

describe("An error is that of a fault", () => {
  const throttled = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
  const reset = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

  it.each<[string, unknown, Parameters<typeof isOfFault>[1], boolean]>([
    ["by its name", throttled, [{ fault: "refuse", name: "ThrottlingException" }], true],
    ["by its code", reset, [{ fault: "resetConnection" }], true],
    [
      "as a cause",
      new Error("no", { cause: new Error("no", { cause: reset }) }),
      [{ fault: "loseAnswer" }],
      true,
    ],
    [
      "among others",
      new AggregateError([new Error("no"), throttled]),
      [{ fault: "refuse", name: "ThrottlingException" }],
      true,
    ],
    ["not where it did not strike", throttled, [{ fault: "resetConnection" }], false],
    [
      "not where it only names it",
      new Error("ThrottlingException"),
      [{ fault: "refuse", name: "ThrottlingException" }],
      false,
    ],
    ["not where none struck", throttled, [], false],
  ])("%s", (_, error, struck, is) => {
    expect(isOfFault(error, struck)).toBe(is);
  });

  it("also where it is its own cause", () => {
    const circular = new Error("round");
    circular.cause = circular;
    expect(isOfFault(circular, [{ fault: "resetConnection" }])).toBe(false);
  });
});
