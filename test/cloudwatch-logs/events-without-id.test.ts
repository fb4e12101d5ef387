import { tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aLateLogGroup } from "./a-late-log-group.ts";
import { aLoggedCommand } from "./a-logged-command.ts";

describe("events without an eventId", () => {
  it.each([[10_000], [1]])(
    "come once each, though they are equal (pages of %i)",
    async (pageSize) => {
      const { fake, sent } = await aLoggedCommand({ behavior: succeeds({ after: "30s" }) });
      const begun = fake.clock.now();
      const [node = ""] = fake.nodes.list().map(({ instanceId }) => instanceId);
      const stream = `${sent.commandId}/${node}/aws-runShellScript/stdout`;
      const events = ["a", "b", "b", "c"].map((message) => {
        const at = begun + (message === "c" ? 9_000 : 1_000);
        return { stream, message, timestamp: at, ingestionTime: at, visibleFrom: at };
      });
      const { logs } = aLateLogGroup({ events, clock: fake.clock, pageSize, ids: false });
      const texts: string[] = [];
      for await (const { text } of tailCommandOutput(logs, sent)) texts.push(text);
      expect(texts).toEqual(["a", "b", "b", "c"]);
    },
  );
});
