import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { byPlugin, FakeSsm, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { type Complaint, sentTo, TWO_STEPS } from "./complaint.ts";

/** Fleets, throttling and documents of several steps. */
export const ABOUT_FLEETS_AND_STEPS: readonly Complaint[] = [
  {
    number: 24,
    source: "https://github.com/aws/aws-rfdk/pull/1723",
    fact: "a fleet costs one call per poll, and throttling is ridden out",
    check: async () => {
      const nodes = Array.from({ length: 50 }, () => ({ behavior: succeeds({ after: "1m" }) }));
      const { fake, sent } = await sentTo({ nodes });
      fake.faults.throttle("*", { every: 2 });
      const { kind } = await sent.waitForTerminal();
      const calls = fake.journal.entries().filter(({ type }) => type === "call").length;
      expect([kind, calls < 20]).toEqual(["succeeded", true]);
    },
  },
  {
    number: 25,
    source: "https://github.com/boto/botocore/issues/993",
    fact: "51 ids are refused with the cure, not with a throttling error",
    check: async () => {
      const InstanceIds = Array<string>(51).fill("i-00000001");
      const sending = sentTo({}, { InstanceIds });
      expect(String(await rejectionOf(sending))).toMatch(
        /at most 50\. Use sendAll\(\), or Targets/,
      );
    },
  },
  {
    number: 26,
    source: "https://github.com/disneystreaming/ssm-helpers",
    fact: "every page is read",
    check: async () => {
      const fake = new FakeSsm();
      for (let i = 0; i < 120; i++) fake.nodes.add({ tags: { Role: "web" } });
      const sent = await new RunCommandClient(fake).send({
        ...runShellScript("true"),
        Targets: tagTargets({ Role: "web" }),
      });
      expect((await sent.waitForTerminal()).invocations).toHaveLength(120);
    },
  },
  {
    number: 27,
    source: "https://github.com/xen0l/aws-gate/pull/695",
    fact: "a thousand nodes are reported as they end",
    check: async () => {
      const fake = new FakeSsm();
      for (let i = 0; i < 1_000; i++) {
        fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ after: `${i % 60}s` }) });
      }
      const ended: number[] = [];
      const sent = await new RunCommandClient(fake).send({
        ...runShellScript("true"),
        Targets: tagTargets({ Role: "web" }),
        MaxConcurrency: "100%",
      });
      await sent.waitForTerminal({ onProgress: ({ justEnded }) => ended.push(justEnded.length) });
      expect(ended.length).toBeGreaterThan(5);
      expect(ended.reduce((sum, count) => sum + count)).toBe(1_000);
    },
  },
  {
    number: 29,
    source: "https://github.com/boto/boto3/issues/1811",
    fact: "the steps of a document are listed by name",
    check: async () => {
      const { sent } = await sentTo({}, TWO_STEPS);
      const { invocations } = await sent.waitForTerminal();
      expect(invocations[0]?.plugins.map(({ name }) => name)).toEqual(["install", "verify"]);
    },
  },
  {
    number: 29,
    source: "https://github.com/awslabs/amazon-eks-ami/issues/541",
    fact: "the output of a step is read by its name",
    check: async () => {
      const behavior = byPlugin({ verify: succeeds({ stdout: "fine\n" }) });
      const { runCommand, sent, instanceId } = await sentTo({ behavior }, TWO_STEPS);
      const { commandId } = sent;
      await sent.waitForTerminal();
      const output = await runCommand.readOutput({ commandId, instanceId, pluginName: "verify" });
      expect(output.stdout).toBe("fine\n");
    },
  },
  {
    number: 30,
    source: "https://github.com/grapl-security/grapl/pull/902",
    fact: "a wrong name of a step gets an error with the right ones",
    check: async () => {
      const { runCommand, sent, instanceId } = await sentTo({}, TWO_STEPS);
      const { commandId } = sent;
      const reading = runCommand.readOutput({ commandId, instanceId, pluginName: "step1" });
      expect(String(await rejectionOf(reading))).toMatch(/install, verify\.$/);
    },
  },
];
