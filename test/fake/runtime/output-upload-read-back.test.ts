import { CloudWatchLogsClient, paginateGetLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import * as fc from "fast-check";
import { logStreamNames } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import type { OutputWrite } from "../../../src/fake/agents/plugin-result.ts";

const NODE = "i-00000000000000001";

/** Everything that a reader finds in a stream, page by page. */
async function readBack(fake: FakeSsm, logStreamName: string): Promise<string> {
  const client = new CloudWatchLogsClient(fake.logs.clientConfig());
  const logGroupName = "/aws/ssm/AWS-RunShellScript";
  const pages = paginateGetLogEvents(
    { client, stopOnSameToken: true, pageSize: 2 },
    { logGroupName, logStreamName, startFromHead: true },
  );
  const messages: string[] = [];
  for await (const { events = [] } of pages) {
    messages.push(...events.map(({ message = "" }) => message));
  }
  return messages.join("");
}

const aCharacter = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }) },
  { weight: 2, arbitrary: fc.constantFrom("\n", "\r\n") },
);
/** Pieces of text with every kind of character, some of them long, and when each is written. */
const someWrites: fc.Arbitrary<readonly OutputWrite[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 5_000 }).map((ms) => `${ms}ms` as const),
    stdout: fc
      .tuple(fc.array(aCharacter, { minLength: 1, maxLength: 12 }), fc.constantFrom(1, 1, 3_000))
      .map(([characters, times]) => characters.join("").repeat(times)),
  }),
  { minLength: 1, maxLength: 4 },
);

it("a reader of a stream finds exactly what the node wrote, newlines of one character", async () => {
  await fc.assert(
    fc.asyncProperty(someWrites, async (writes) => {
      const fake = new FakeSsm({ nodes: [{ behavior: { type: "exits", after: "6s", writes } }] });
      const { Command } = await fake.sendCommand({
        DocumentName: "AWS-RunShellScript",
        InstanceIds: [NODE],
        Parameters: { commands: ["true"] },
        OutputS3BucketName: "output",
        CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      });
      await fake.clock.advance("10s");
      const [key = ""] = fake.objects.list("output");
      const written = fake.objects.get("output", key)!.replaceAll("\r\n", "\n");
      const place = { commandId: Command!.CommandId!, instanceId: NODE };
      const { stdout } = logStreamNames({ ...place, pluginName: "aws:runShellScript" });
      // A newline alone makes no event, and so no stream.
      const read = written === "\n" ? "" : await readBack(fake, stdout);
      // The newline that ends the last event is dropped when that event is made at the end.
      expect([written, written.replace(/\n$/, "")]).toContain(read);
    }),
    { seed: 1, numRuns: 100 },
  );
});
