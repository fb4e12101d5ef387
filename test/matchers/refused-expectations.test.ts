import { runShellScript } from "ssm-run-command";
import { type assertSent, FakeSsm } from "ssm-run-command/fake";
import "ssm-run-command/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { saidBy, thrownBy } from "../support/said-by.ts";

const NODE = "i-00000000000000001";
const fake = new FakeSsm({ latency: "instant", nodes: [{ instanceId: NODE }] });

beforeAll(async () => {
  await fake.sendCommand({
    ...runShellScript("./deploy.sh"),
    InstanceIds: [NODE],
    Comment: "nightly",
  });
});

describe("toHaveSentCommand", () => {
  it("refuses a matcher that returns a promise", () => {
    const comment = { asymmetricMatch: async () => false };
    const said = saidBy(() => expect(fake).toHaveSentCommand(js({ comment })));
    expect(said).toMatch(/^The asymmetricMatch\(\) of a matcher returned a promise/);
  });

  it.each([
    { targets: [5] },
    { targets: [undefined] },
    { targets: Array(1) },
    { targets: [[NODE]] },
    { targets: [{ key: "tag:Role", values: ["web"] }] },
    { targets: [{ Key: "tag:Role", Values: "web" }] },
    { targets: [{ Key: "tag:Role", Values: [5] }] },
    { InstanceIds: [null] },
    { InstanceIds: [{ Key: "tag:Role" }] },
    { Targets: [NODE] },
    { CloudWatchOutputConfig: true },
    { CloudWatchOutputConfig: { CloudWatchOutputEnabeld: true } },
    { NotificationConfig: ["Failed"] },
    { NotificationConfig: { NotificationEvents: [5] } },
    { NotificationConfig: { NotificationEvent: ["Failed"] } },
    { AlarmConfiguration: { Alarm: [] } },
    { AlarmConfiguration: { Alarms: ["errors"] } },
    { AlarmConfiguration: { Alarms: [{ name: "errors" }] } },
    { parameters: { commands: [1] } },
    { parameters: { commands: [new Date()] } },
    { Parameters: { commands: [() => true] } },
    { parameters: { commands: expect.arrayContaining([/deploy/]) } },
    { parameters: expect.objectContaining({ commands: [/deploy/] }) },
  ])("refuses what no request can have, under `not`, too: %j", (expected) => {
    const refused = expect.stringMatching(/\b(?:of|given|no option)\b/);
    for (const assertion of [
      () => expect(fake).toHaveSentCommand(js(expected)),
      () => expect(fake).not.toHaveSentCommand(js(expected)),
    ]) {
      expect(thrownBy(assertion)).toMatchObject({ name: "TypeError", message: refused });
    }
  });

  it.each([
    { CloudWatchOutputConfig: expect.anything() },
    { CloudWatchOutputConfig: { CloudWatchLogGroupName: expect.any(String) } },
    { NotificationConfig: { NotificationEvents: expect.arrayContaining(["Failed"]) } },
    { AlarmConfiguration: { Alarms: [expect.objectContaining({ Name: "errors" })] } },
    { AlarmConfiguration: { Alarms: [{ Name: expect.any(String) }] } },
    { AlarmConfiguration: { Alarms: [{ Name: "errors" }], IgnorePollAlarmFailure: undefined } },
    { targets: [expect.anything(), { Key: expect.any(String), Values: [expect.any(String)] }] },
    { comment: expect.not.stringMatching(/nightly/), parameters: { commands: undefined } },
  ])("takes matchers wherever a value stands: %#", (expected) => {
    expect(() =>
      expect(fake).toHaveSentCommand({ ...expected, MaxErrors: "9", times: 0 }),
    ).not.toThrow();
  });

  it("says what to write instead of a node", () => {
    const said = saidBy(() =>
      expect(fake).not.toHaveSentCommand(js({ targets: fake.nodes.list() })),
    );
    expect(said).toMatch(
      /^An item of targets of toHaveSentCommand\(\) is an object of class \w+\. Write the id of a node, such as node\.instanceId, or a target: /,
    );
  });
});

/** For what the types of matchers refuse. */
function js(given: unknown): Parameters<typeof assertSent>[1] {
  return given as Parameters<typeof assertSent>[1];
}
