import { RunCommandClient, runPowerShellScript, runShellScript } from "ssm-run-command";
import { FakeSsm, hangs } from "ssm-run-command/fake";
import { expect } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { type Complaint, outcomeOf, sentTo } from "./complaint.ts";

/** Right after SendCommand. */
export const ABOUT_SENDING: readonly Complaint[] = [
  {
    number: 1,
    source: "https://github.com/boto/boto3/issues/2701",
    fact: "an id that was just given out is pending, not an error",
    check: async () => {
      expect((await outcomeOf({ latency: "worst" })).kind).toBe("succeeded");
    },
  },
  {
    number: 2,
    source: "https://github.com/aws/aws-sdk-ruby/pull/2559",
    fact: "an id that stays unknown is an error after 30 s",
    check: async () => {
      const fake = new FakeSsm();
      const commandId = "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11";
      const error = await rejectionOf(new RunCommandClient(fake).waitForTerminal(commandId));
      expect(error).toHaveProperty("name", "CommandNotFoundError");
    },
  },
  {
    number: 3,
    source: "https://github.com/aws/aws-cli/issues/3546",
    fact: "invocations that appear late are waited for",
    check: async () => {
      const latency = { visibilityDelay: "20s" } as const;
      expect((await outcomeOf({ latency })).invocations).toHaveLength(1);
    },
  },
  {
    number: 4,
    source: "https://github.com/aws/aws-sdk-js/issues/1481",
    fact: "output that is not there yet is missing, not empty",
    check: async () => {
      const { fake, runCommand, sent, instanceId } = await sentTo({ behavior: hangs() });
      await fake.clock.advance("5s");
      const place = { commandId: sent.commandId, instanceId };
      expect(await runCommand.readOutput(place)).not.toHaveProperty("stdout");
    },
  },
  {
    number: 6,
    source: "https://github.com/aws/aws-cli/issues/3646",
    fact: "a refused node is named, with the reason",
    check: async () => {
      const fake = new FakeSsm();
      const runCommand = new RunCommandClient(fake.client(), { diagnoseNodes: true });
      const sending = runCommand.send({ ...runShellScript("true"), InstanceIds: ["i-00000009"] });
      expect(String(await rejectionOf(sending))).toMatch(/Unknown .*: i-00000009\.$/);
    },
  },
  {
    number: 7,
    source: "https://github.com/aws/aws-sdk-js-v3/issues/3676",
    fact: "a node is waited for until it can take commands",
    check: async () => {
      const fake = new FakeSsm({ nodes: [{ instanceId: "i-00000001", agent: "unreachable" }] });
      const begun = fake.clock.now();
      fake.on("DescribeInstanceInformation", () => {
        if (fake.clock.now() - begun > 60_000) fake.nodes.get("i-00000001")?.comeBack();
        return undefined;
      });
      await new RunCommandClient(fake).waitUntilManaged(["i-00000001"]);
      expect(fake.clock.now() - begun).toBeGreaterThan(60_000);
    },
  },
  {
    number: 8,
    source:
      "the SDK prints UnknownError; InvalidDocument has no message [rec-2026-09-27-admission]",
    fact: "a mistyped document is named, with its region",
    check: async () => {
      const error = await rejectionOf(sentTo({}, { DocumentName: "AWS-RunShelScript" }));
      expect(String(error)).toMatch(/AWS-RunShelScript \(version \$DEFAULT\) is not in us-east-1/);
    },
  },
  {
    number: 9,
    source: "https://github.com/aws/aws-sdk-js-v3/issues/3516",
    fact: "the execution time-out is an option, and parameters are made",
    check: () => {
      const { Parameters } = runPowerShellScript("Get-Date", { executionTimeout: "2m" });
      expect(Parameters).toEqual({ commands: ["Get-Date"], executionTimeout: ["120"] });
    },
  },
  {
    number: 10,
    source: "https://github.com/aws/aws-cli/issues/4132",
    fact: "a script is one element, quoted by nobody",
    check: () => {
      const script = "set -e\necho 'a  \"b\"'\n";
      expect(runShellScript(script).Parameters["commands"]).toEqual([script]);
    },
  },
];
