import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../support/rejection.ts";

type Request = Partial<SendCommandCommandInput>;

/** How many characters `x` fit in one command beside nothing else [rec-2026-09-27-admission]. */
const FITS = 98_883;
const REFUSAL = {
  name: "MaxDocumentSizeExceeded",
  message: "The total size of your parameter(s) and document exceeds the 97KB limit.",
};

const aFake = () => new FakeSsm({ nodes: [{}] });

function send(fake: FakeSsm, commands: readonly string[], more: Request = {}) {
  const [node] = fake.nodes.list();
  return fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [node!.instanceId],
    Parameters: { commands: [...commands] },
    ...more,
  });
}

/** Asserts that so many characters fit, and one more does not. */
async function expectLimit(text: (length: number) => string, length: number, more: Request = {}) {
  const fake = aFake();
  await expect(send(fake, [text(length)], more)).resolves.toHaveProperty("Command");
  expect(await refusalOf(send(fake, [text(length + 1)], more))).toEqual(REFUSAL);
}

const times = (character: string) => (length: number) => character.repeat(length);

describe("what the agent would be sent", () => {
  it("has a hundred thousand bytes at most", async () => {
    await expectLimit(times("x"), FITS);
  });

  it.each<[what: string, character: string, bytes: number]>([
    ["a quotation mark", '"', 2],
    ["a backslash", "\\", 2],
    ["the end of a line", "\n", 2],
    ["another control character", "\u0001", 6],
    ["a character beyond ASCII", "é", 6],
    ["a character beyond the first plane", "😀", 12],
    ["a CJK character", "語", 6],
    ["the character DEL", "\u007f", 1],
  ])("counts %s as JSON in ASCII has it", async (_, character, bytes) => {
    await expectLimit(times(character), Math.floor(FITS / bytes));
  });

  it.each<[what: string, more: Request, taken: number]>([
    ["a bucket", { OutputS3BucketName: "output" }, '"OutputS3BucketName":"output",'.length],
    ["a prefix", { OutputS3KeyPrefix: "logs/é" }, '"OutputS3KeyPrefix":"logs/\\u00e9",'.length],
    ["a log group", { CloudWatchOutputConfig: { CloudWatchLogGroupName: "/ours" } }, 5],
    // "true" is a character shorter than "false".
    ["output to CloudWatch", { CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } }, -1],
  ])("counts %s", async (_, more, taken) => {
    await expectLimit(times("x"), FITS - taken, more);
  });

  it.each<[what: string, more: Request]>([
    ["the comment", { Comment: "x".repeat(100) }],
    ["the region of the bucket", { OutputS3Region: "eu-west-1" }],
    ["the limits of the rollout", { MaxConcurrency: "100%", MaxErrors: "100%" }],
    ["an empty prefix", { OutputS3KeyPrefix: "" }],
  ])("does not count %s", async (_, more) => {
    await expectLimit(times("x"), FITS, more);
  });

  it("counts the document as it is kept, with the name by which it was called", async () => {
    const fake = aFake();
    const size = async (name: string, description: string) => {
      const content = {
        schemaVersion: "2.2",
        description,
        parameters: { commands: { type: "StringList" } },
        mainSteps: [
          { action: "aws:runShellScript", name: "run", inputs: { runCommand: ["true"] } },
        ],
      };
      await fake.documents.add(name, content);
      return largestThatFits((length) =>
        send(fake, ["x".repeat(length)], { DocumentName: name }).then(
          () => true,
          () => false,
        ),
      );
    };
    const short = await size("App", "");
    expect(short - (await size("App-2", ""))).toBe(2);
    expect(short - (await size("Web", 'é"'))).toBe(8);
  });
});

describe("the parameters alone", () => {
  // [rec-2026-09-27-admission]: 16,663 of `<` fit.
  it.each(["<", ">", "&"])("count %s as six bytes, as JSON for HTML has it", async (character) => {
    await expectLimit(times(character), 16_663);
  });

  it("count those of all their values", async () => {
    const fake = aFake();
    const half = "<".repeat(8_330);
    await expect(send(fake, [half, `${half}<<<`])).resolves.toHaveProperty("Command");
    expect(await refusalOf(send(fake, [half, `${half}<<<<`]))).toEqual(REFUSAL);
  });
});

describe("a request that is too large", () => {
  it("is refused before its parameters are looked at", async () => {
    const fake = aFake();
    const request = { Parameters: { unknown: ["x".repeat(100_000)] } };
    expect(await refusalOf(send(fake, [], request))).toEqual(REFUSAL);
  });

  it("is refused with both sizes in the journal, and without a value", async () => {
    const fake = aFake();
    await refusalOf(send(fake, ["secret".repeat(20_000)]));
    const refused = fake.journal.entries().filter(({ type }) => type === "refusal");
    expect(refused).toMatchObject([
      { why: expect.stringMatching(/^What the agent would be sent has \d+ bytes, .* 100000\.$/) },
    ]);
    expect(JSON.stringify(refused)).not.toContain("secret");
  });
});

/** The largest number for which it is true, below a hundred thousand. */
async function largestThatFits(fits: (length: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, 100_000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
