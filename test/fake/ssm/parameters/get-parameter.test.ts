import { ParameterNotFound, ParameterVersionNotFound } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf, rejectionOf } from "../../../support/rejection.ts";
import { callRaw } from "../../../support/wire-call.ts";
import { describeOnWires, type Wired } from "../documents/describe-on-wires.ts";

const SECRET = "hunter2-hunter2";
const ARN = "arn:aws:ssm:us-east-1:123456789012:parameter";

async function parameterOf({ ssm }: Wired, Name: string, WithDecryption?: boolean) {
  const { Parameter } = await ssm.getParameter({ Name, WithDecryption });
  return Parameter;
}

describeOnWires("GetParameter", (open) => {
  it("shows the newest version of a String", async () => {
    const wired = open();
    wired.fake.parameters.set("version", "1.4.1");
    wired.fake.parameters.set("version", "1.4.2");
    expect(await parameterOf(wired, "version")).toEqual({
      Name: "version",
      Type: "String",
      Value: "1.4.2",
      Version: 2,
      LastModifiedDate: new Date(wired.fake.clock.now()),
      ARN: `${ARN}/version`,
      DataType: "text",
    });
  });

  it("shows a StringList with commas", async () => {
    const wired = open();
    wired.fake.parameters.set("hosts", ["a", "b"]);
    expect(await parameterOf(wired, "hosts")).toMatchObject({ Type: "StringList", Value: "a,b" });
  });

  it("writes no second slash into the ARN of a name with a path", async () => {
    const wired = open();
    wired.fake.parameters.set("/a/b", "1");
    expect(await parameterOf(wired, "/a/b")).toMatchObject({ Name: "/a/b", ARN: `${ARN}/a/b` });
  });

  it("shows the version that is asked for, and how it was asked for", async () => {
    const wired = open();
    wired.fake.parameters.set("version", "1.4.1");
    wired.fake.parameters.set("version", "1.4.2");
    expect(await parameterOf(wired, "version:1")).toMatchObject({
      Name: "version",
      Value: "1.4.1",
      Version: 1,
      Selector: ":1",
      ARN: `${ARN}/version`,
    });
  });

  it("tells when each version was set", async () => {
    const wired = open();
    const { clock, parameters } = wired.fake;
    const made = clock.now();
    parameters.set("version", "1.4.1");
    await clock.advance("1h");
    parameters.set("version", "1.4.2");
    await clock.advance("1h");
    const dates = [
      (await parameterOf(wired, "version:1"))?.LastModifiedDate?.getTime(),
      (await parameterOf(wired, "version"))?.LastModifiedDate?.getTime(),
    ];
    expect(dates).toEqual([made, made + 3_600_000]);
  });

  it.each([
    ["/a/b", `${ARN}/a/b`],
    ["plain", `${ARN}/plain`],
    ["/a/b", " /a/b "],
  ])("finds %s by %j", async (name, asked) => {
    const wired = open();
    wired.fake.parameters.set(name, "1");
    expect(await parameterOf(wired, asked)).toMatchObject({ Name: name, Value: "1" });
  });

  it("takes a version after an ARN", async () => {
    const wired = open();
    wired.fake.parameters.set("/a/b", "first");
    wired.fake.parameters.set("/a/b", "second");
    const found = await parameterOf(wired, `${ARN}/a/b:1`);
    expect(found).toMatchObject({ Name: "/a/b", Value: "first", Selector: ":1" });
  });

  it.each([
    "/app/other",
    "/app/other:1",
    "app/version",
    "/app/version:",
    `${ARN}/app/other`,
    "arn:aws:ssm:eu-west-1:123456789012:parameter/app/version",
    "arn:aws:ssm:us-east-1:999988887777:parameter/app/version",
    "__proto__",
  ])("refuses %s, which does not exist, without a message", async (Name) => {
    const { fake, ssm } = open();
    fake.parameters.set("/app/version", "1");
    const error = await rejectionOf(ssm.getParameter({ Name }));
    expect(error).toBeInstanceOf(ParameterNotFound);
    expect(error).toHaveProperty("message", "UnknownError"); // what the SDK says when the service says nothing
  });

  it.each(["2", "0", "stable"])("refuses the version or label %s of a parameter", async (which) => {
    const { fake, ssm } = open();
    fake.parameters.set("/app/version", "1");
    const error = await rejectionOf(ssm.getParameter({ Name: `/app/version:${which}` }));
    expect(error).toBeInstanceOf(ParameterVersionNotFound);
    expect(error).toHaveProperty(
      "message",
      `Systems Manager could not find version ${which} of /app/version. Verify the version and try again.`,
    );
  });

  it("refuses a name with a space in it", async () => {
    expect(await refusalOf(open().ssm.getParameter({ Name: "app version" }))).toEqual({
      name: "ValidationException",
      message: "The name of a parameter cannot have spaces in it.",
    });
  });
});

describeOnWires("GetParameter of a SecureString", (open) => {
  it("shows the value when it is asked to decrypt it", async () => {
    const wired = open();
    wired.fake.parameters.set("token", SECRET, { secure: true });
    expect(await parameterOf(wired, "token", true)).toMatchObject({
      Type: "SecureString",
      Value: SECRET,
    });
  });

  it.each([undefined, false])("shows base64 as AWS's when WithDecryption is %s", async (flag) => {
    const wired = open();
    wired.fake.parameters.set("token", SECRET, { secure: true });
    const found = await parameterOf(wired, "token", flag);
    expect(found?.Value).toMatch(/^AQICAH[A-Za-z\d+/]{194}$/);
  });

  it("shows the same in its place whatever the value", async () => {
    const shown = async (value: string) => {
      const wired = open();
      wired.fake.parameters.set("token", value, { secure: true });
      return (await parameterOf(wired, "token"))?.Value;
    };
    expect(await shown("x")).toBe(await shown(SECRET));
  });

  it("shows something else in its place for another version and another name", async () => {
    const wired = open();
    for (const name of ["token", "token", "other"]) {
      wired.fake.parameters.set(name, SECRET, { secure: true });
    }
    const names = ["token:1", "token:2", "other:1"];
    const values = await Promise.all(names.map((name) => parameterOf(wired, name)));
    expect(new Set(values.map((found) => found?.Value)).size).toBe(3);
  });

  it("ignores WithDecryption for other types", async () => {
    const wired = open();
    wired.fake.parameters.set("version", "1.4.2");
    expect((await parameterOf(wired, "version", true))?.Value).toBe("1.4.2");
  });
});

describe("the value of a SecureString", () => {
  /** A fake after requests about a SecureString, some of which it refuses. */
  async function askedAbout(): Promise<{ fake: FakeSsm; answers: string }> {
    const fake = new FakeSsm({ latency: "instant" });
    fake.parameters.set("token", SECRET, { secure: true });
    const requests: readonly [operation: string, input: object][] = [
      ["GetParameter", { Name: "token" }],
      ["GetParameter", { Name: "token:7", WithDecryption: true }],
      ["GetParameter", { Name: "token", WithDecryption: "yes" }],
      ["GetParameters", { Names: ["token", "token:1", "other"] }],
    ];
    const answers: string[] = [];
    for (const [operation, input] of requests) {
      answers.push((await callRaw(fake, operation, JSON.stringify(input))).text);
    }
    await callRaw(fake, "GetParameter", '{"Name":"token","WithDecryption":true}');
    return { fake, answers: answers.join() };
  }

  it("is in no answer that was not asked to decrypt it", async () => {
    expect((await askedAbout()).answers).not.toContain(SECRET);
  });

  it("is in no entry of the journal, even of a call that returned it", async () => {
    const { fake } = await askedAbout();
    const entries = fake.journal.entries({ showParameters: true });
    expect([entries.length, JSON.stringify(entries).includes(SECRET)]).toEqual([5, false]);
  });

  it("is not in the timeline", async () => {
    expect((await askedAbout()).fake.timeline()).not.toContain(SECRET);
  });
});

describe("ParameterNotFound and ParameterVersionNotFound", () => {
  it("carry nothing, and a message in small letters, over the wire", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.parameters.set("version", "1");
    const bodies = [
      await callRaw(fake, "GetParameter", '{"Name":"other"}'),
      await callRaw(fake, "GetParameter", '{"Name":"version:2"}'),
    ].map(({ text }) => JSON.parse(text));
    expect(bodies).toEqual([
      { __type: "ParameterNotFound" },
      {
        __type: "ParameterVersionNotFound",
        message:
          "Systems Manager could not find version 2 of version. Verify the version and try again.",
      },
    ]);
  });
});
