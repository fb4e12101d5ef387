import { describe, expect, it } from "vitest";
import type { Settings } from "../../../src/fake/engine/settings.ts";
import { FakeSsm, fails, hangs, type NodeOptions, succeeds } from "../../../src/fake/index.ts";
import {
  DEAD,
  detailOf,
  detailsAtLimits,
  endOf,
  lastOfCommands,
  SLOW,
  sent,
  steps,
} from "./question-scene.ts";

/** What one setting decides: a story, and what can be seen at each value; the default comes first. */
interface Question<V> {
  readonly see: (settings: Partial<Settings>) => Promise<unknown>;
  readonly at: readonly [readonly [value: V, seen: unknown], ...(readonly [V, unknown])[]];
}

const QUESTIONS: { readonly [K in keyof Settings]: Question<Settings[K]> } = {
  incompleteStatus: {
    see: async (settings) =>
      (await endOf({ settings, nodes: [{ behavior: fails() }, {}] }, { MaxErrors: "1" })).Status,
    at: [
      ["Success", "Success"],
      ["Failed", "Failed"],
    ],
  },
  incompleteDetails: {
    see: (settings) =>
      detailOf({ settings, nodes: [{ behavior: fails() }, {}] }, { MaxErrors: "1" }),
    at: [
      ["Incomplete", "Incomplete"],
      ["Success", "Success"],
    ],
  },
  errorLimit: {
    see: (settings) => detailsAtLimits(settings, { behavior: fails() }),
    at: [
      ["exceeded", ["Incomplete", "Incomplete"]],
      ["reached", ["Failed", "Incomplete"]],
    ],
  },
  deliveryTimeoutLimit: {
    see: (settings) => detailsAtLimits(settings, DEAD),
    at: [
      ["exceeded", ["Incomplete", "Incomplete"]],
      ["reached", ["DeliveryTimedOut", "Incomplete"]],
    ],
  },
  limitPrecedence: {
    see: (settings) => detailOf({ settings, nodes: [DEAD, { behavior: fails() }] }),
    at: [
      ["Failed", "Failed"],
      ["DeliveryTimedOut", "DeliveryTimedOut"],
    ],
  },
  undeliverableAmongSuccess: {
    see: (settings) => detailOf({ settings, nodes: [{ agent: "undeliverable" }, {}] }),
    at: [
      ["Success", "Success"],
      ["Incomplete", "Incomplete"],
    ],
  },
  partialCancel: {
    see: async (settings) => {
      const { fake, ids, read, command } = await sent({ settings, nodes: [SLOW, SLOW] });
      await fake.clock.advance("1s");
      await fake.cancelCommand({ ...read, InstanceIds: ids.slice(0, 1) });
      await fake.clock.advance("10s");
      return (await command()).StatusDetails;
    },
    at: [
      ["Incomplete", "Incomplete"],
      ["Success", "Success"],
      ["Cancelled", "Cancelled"],
    ],
  },
  percentRounding: {
    see: async (settings) => {
      const errors = async (total: number, MaxErrors: string) => {
        const nodes = Array.from({ length: total }, () => ({ behavior: fails() }));
        return (await endOf({ settings, nodes }, { MaxConcurrency: "1", MaxErrors })).ErrorCount;
      };
      return [await errors(5, "50%"), await errors(4, "30%")]; // 2.5 and 1.2; one error more stops it
    },
    at: [
      ["floor", [3, 2]],
      ["ceil", [4, 3]],
      ["round", [4, 2]],
    ],
  },
  delayedHoldsSlot: {
    see: async (settings) => {
      const { fake, details } = await sent(
        { settings, nodes: [DEAD, {}] },
        { MaxConcurrency: "1" },
      );
      await fake.clock.advance("1m");
      return details();
    },
    at: [
      [true, ["Delayed", "Pending"]],
      [false, ["Delayed", "Success"]],
    ],
  },
  ramp: {
    see: async (settings) => {
      const atOnce = async (nodes: readonly NodeOptions[]) => {
        const { fake, details } = await sent({ settings, nodes }, { MaxConcurrency: "16" });
        const open: number[] = [];
        for (let look = 0; look < 4; look++) {
          open.push((await details()).filter((detail) => detail === "InProgress").length);
          await fake.clock.advance("10s");
        }
        return open;
      };
      // Two nodes that never acknowledge, and leave their places to others.
      const silent = { MaxConcurrency: "2" };
      const passing = { ...settings, delayedHoldsSlot: false };
      const stuck = await sent({ settings: passing, nodes: [DEAD, DEAD, {}] }, silent);
      await stuck.fake.clock.advance("1m");
      return [await atOnce(Array(16).fill(SLOW)), (await stuck.details()).at(-1)];
    },
    at: [
      ["none", [[16, 0, 0, 0], "Success"]],
      ["ack", [[16, 0, 0, 0], "Pending"]],
      ["complete", [[1, 2, 4, 8], "Pending"]],
    ],
  },
  terminatedAt: {
    see: async (settings) => {
      const nodes = [{ behavior: fails() }, SLOW, {}];
      const { fake, details } = await sent({ settings, nodes }, { MaxConcurrency: "2" });
      const early = await details();
      await fake.clock.advance("10s");
      return [early.at(-1), (await details()).at(-1)];
    },
    at: [
      ["stop", ["Terminated", "Terminated"]],
      ["close", ["Pending", "Terminated"]],
    ],
  },
  showCancelling: {
    see: async (settings) => {
      const latency = { cancelLatency: "5s" } as const;
      const story = { settings, latency, nodes: [{ behavior: hangs() }] };
      const { fake, read, command, details } = await sent(story);
      await fake.clock.advance("1s");
      await fake.cancelCommand(read);
      const during = [(await command()).StatusDetails, ...(await details())];
      await fake.clock.advance("5s");
      return [...during, ...(await details())];
    },
    at: [
      [false, ["InProgress", "InProgress", "Cancelled"]],
      [true, ["Cancelling", "Cancelling", "Cancelled"]],
    ],
  },
  delayedStatus: {
    see: async (settings) => {
      const { fake, invocation } = await sent({ settings, nodes: [DEAD] });
      await fake.clock.advance("1m");
      return (await invocation(0)).Status;
    },
    at: [
      ["Pending", "Pending"],
      ["Delayed", "Delayed"],
    ],
  },
  multiPluginRead: {
    see: async (settings) => {
      const { invocation } = await sent({ settings, nodes: [{}] }, { DocumentName: "Mine" });
      return invocation(0).then(
        ({ PluginName }) => PluginName,
        (error: Error) => error.name,
      );
    },
    at: [
      ["summary", ""],
      ["refuse", "InvalidPluginName"],
    ],
  },
  pendingInvocationQuota: {
    see: (settings) => detailOf({ settings, nodes: [{}, {}] }),
    at: [
      [undefined, "Success"],
      [2, "Success"],
      [1, "LimitExceeded"],
    ],
  },
  limitExceededStatus: {
    see: async (settings) => {
      const full = { ...settings, pendingInvocationQuota: 1 };
      return (await endOf({ settings: full, nodes: [{}, {}] })).Status;
    },
    at: [
      ["Failed", "Failed"],
      ["Cancelled", "Cancelled"],
    ],
  },
  skippedStatus: {
    see: async (settings) => {
      const { fake, read } = await sent({ settings, nodes: [{}] });
      const [step] = steps("skipped");
      const precondition = { StringEquals: ["platformType", "Windows"] };
      const mainSteps = [{ ...step, precondition }, ...steps("first")];
      await fake.documents.add("Skips", { schemaVersion: "2.2", mainSteps });
      await fake.sendCommand({
        DocumentName: "Skips",
        InstanceIds: [fake.nodes.list()[0]!.instanceId],
      });
      const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
      const found = CommandInvocations?.find(({ CommandId }) => CommandId !== read.CommandId);
      return [found?.CommandPlugins?.map(({ Status }) => Status), found?.Status];
    },
    at: [
      ["Success", [["Success", "Success"], "Success"]],
      ["Cancelled", [["Cancelled", "Success"], "Success"]],
    ],
  },
  liveCounters: {
    see: async (settings) => {
      const { fake, command } = await sent({ settings, nodes: [{}, SLOW] });
      const early = (await command()).CompletedCount;
      await fake.clock.advance("10s");
      return [early, (await command()).CompletedCount];
    },
    at: [
      [false, [0, 2]],
      [true, [1, 2]],
    ],
  },
  unstartedTimes: {
    see: async (settings) => {
      const { invocation } = await sent({ settings, nodes: [SLOW] });
      const { ExecutionStartDateTime, ExecutionElapsedTime } = await invocation(0);
      return [ExecutionStartDateTime, ExecutionElapsedTime];
    },
    at: [
      ["absent", [undefined, undefined]],
      ["empty", ["", ""]],
    ],
  },
  unusableResponseCode: {
    see: async (settings) => {
      const { invocation } = await sent({ settings, nodes: [{ access: "denied" }] });
      return (await invocation(0)).ResponseCode;
    },
    at: [
      [-1, -1],
      [1, 1],
    ],
  },
  stoppedNodes: {
    see: async (settings) => {
      const fake = new FakeSsm({ latency: "instant", settings, nodes: [{ state: "stopped" }] });
      const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
      const Parameters = { commands: ["true"] };
      return fake.sendCommand({ DocumentName: "AWS-RunShellScript", Parameters, InstanceIds }).then(
        ({ Command: found }) => found?.Status,
        (error: Error) => error.name,
      );
    },
    at: [
      ["refused", "InvalidInstanceId"],
      ["accepted", "Pending"],
    ],
  },
  untimedDocument: {
    see: async (settings) => {
      const request = { DocumentName: "Mine", TimeoutSeconds: 30 };
      const { first } = await sent({ settings, nodes: [{}] }, request);
      return (first!.ExpiresAfter!.getTime() - first!.RequestedDateTime!.getTime()) / 1_000;
    },
    at: [
      ["once", 3_630],
      ["perStep", 7_230],
    ],
  },
  omittedLogGroupEcho: {
    see: async (settings) => {
      const CloudWatchOutputConfig = { CloudWatchOutputEnabled: true };
      const { first } = await sent({ settings, nodes: [{}] }, { CloudWatchOutputConfig });
      return first?.CloudWatchOutputConfig?.CloudWatchLogGroupName;
    },
    at: [
      ["", ""],
      ["/aws/ssm/echoed", "/aws/ssm/echoed"],
    ],
  },
  leadingSlash: {
    see: async (settings) => {
      const CloudWatchOutputConfig = { CloudWatchOutputEnabled: true };
      const nodes = [{ behavior: succeeds({ stdout: "out\n" }) }];
      const { fake, ids, first } = await sent({ settings, nodes }, { CloudWatchOutputConfig });
      await fake.clock.advance("1m");
      const stream = `${first?.CommandId}/${ids[0]}/aws-runShellScript/stdout`;
      const groups = ["/aws/ssm/AWS-RunShellScript", "aws/ssm/AWS-RunShellScript"];
      return groups.map((group) => fake.logs.text(group, stream));
    },
    at: [
      [true, ["out", undefined]],
      [false, [undefined, "out"]],
    ],
  },
  stderrLimit: {
    see: async (settings) => {
      const nodes = [{ behavior: succeeds({ stderr: "x".repeat(9_000) }) }];
      const { invocation } = await sent({ settings, nodes });
      return (await invocation(0)).StandardErrorContent?.length;
    },
    at: [
      [24_000, 9_000],
      [8_000, 8_000],
    ],
  },
  eventParameters: {
    see: async (settings) => {
      const { fake } = await sent({ settings, nodes: [{}] });
      await fake.clock.advance("1m");
      const [event] = fake.notifications.events();
      return event && "parameters" in event.detail ? event.detail.parameters : undefined;
    },
    at: [
      ["text", '{"commands":["true"]}'],
      ["object", { commands: ["true"] }],
    ],
  },
  agentWorkers: {
    see: (settings) => lastOfCommands(12, settings),
    at: [
      [5, "Delayed"],
      [7, "InProgress"],
    ],
  },
  agentQueue: {
    see: (settings) => lastOfCommands(6, settings),
    at: [
      [5, "InProgress"],
      [0, "Delayed"],
    ],
  },
};

describe.each(Object.entries(QUESTIONS))("%s", (name, { see, at }) => {
  it("is the first of these by default", async () => {
    expect(await see({})).toEqual(at[0][1]);
  });

  it.each(at.map(([value, seen]) => [value, seen]))("as %j shows %j", async (value, seen) => {
    expect(await see({ [name]: value })).toEqual(seen);
  });
});
