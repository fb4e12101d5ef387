import {
  type CommandProgress,
  orThrow,
  runShellScript,
  tagTargets,
  totalTimeoutSeconds,
} from "ssm-run-command";
import { fails, hangs, inOrder, reboots, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { type Complaint, outcomeOf, sentTo } from "./complaint.ts";

/** Waiting. */
export const ABOUT_WAITING: readonly Complaint[] = [
  {
    number: 11,
    source: "https://github.com/aws/aws-cli/issues/1295",
    fact: "a command of nine minutes is waited for, without an option",
    check: async () => {
      expect((await outcomeOf({ behavior: succeeds({ after: "9m" }) })).kind).toBe("succeeded");
    },
  },
  {
    number: 12,
    source: "https://github.com/RoboFinSystems/robosystems/pull/1408",
    fact: "a command that still runs is an error of its own, and can be waited for again",
    check: async () => {
      const { sent, runCommand } = await sentTo({ behavior: succeeds({ after: "9m" }) });
      const error = await rejectionOf(sent.waitForTerminal({ timeout: "5m" }));
      const again = await runCommand.waitForTerminal(sent.commandId);
      expect([(error as Error).name, again.kind]).toEqual(["StillRunningError", "succeeded"]);
    },
  },
  {
    number: 13,
    source: "https://github.com/guardian/ssm-scala/issues/78",
    fact: "no count of polls ends the waiting",
    check: async () => {
      const { fake, sent } = await sentTo({ behavior: succeeds({ after: "9m" }) });
      await sent.waitForTerminal();
      expect(fake.journal.entries().length).toBeGreaterThan(50);
    },
  },
  {
    number: 14,
    source: "https://github.com/aws/aws-sdk/issues/90",
    fact: "a script that fails is an outcome; code that wants an exception asks for it",
    check: async () => {
      const outcome = await outcomeOf({ behavior: fails() });
      expect(outcome.kind).toBe("failed");
      expect(() => orThrow(outcome)).toThrow(/exit code 1/);
    },
  },
  {
    number: 15,
    source: "https://github.com/aws/eks-anywhere/pull/8313",
    fact: "the error shows the last lines of standard error",
    check: async () => {
      const outcome = await outcomeOf({ behavior: fails({ stderr: "disk full\n" }) });
      expect(() => orThrow(outcome)).toThrow(/disk full/);
    },
  },
  {
    number: 16,
    source: "https://github.com/valkey-io/valkey-glide/pull/1468",
    fact: "every end ends the waiting: an execution time-out",
    check: async () => {
      const { invocations } = await outcomeOf({ behavior: hangs() });
      expect(invocations.map(({ kind }) => kind)).toEqual(["executionTimedOut"]);
    },
  },
  {
    number: 17,
    source: "the SDK's waiter backs off up to 120 s, measured",
    fact: "an end is noticed within twelve seconds",
    check: async () => {
      const { fake, sent } = await sentTo({ behavior: succeeds({ after: "9m" }) });
      const begun = fake.clock.now();
      await sent.waitForTerminal();
      expect(fake.clock.now() - begun - 540_000).toBeLessThanOrEqual(12_000);
    },
  },
  {
    number: 18,
    source: "the SDK's waiter hides it until its time-out, measured",
    fact: "a denied access is thrown at once",
    check: async () => {
      const { fake, sent } = await sentTo({ behavior: hangs() });
      const begun = fake.clock.now();
      fake.faults.denyAccess("ListCommands", { every: 1 });
      const error = await rejectionOf(sent.waitForTerminal());
      // The one call that was denied.
      expect([(error as Error).name, fake.clock.now() - begun]).toEqual([
        "AccessDeniedException",
        100,
      ]);
    },
  },
  {
    number: 19,
    source: "https://github.com/boto/boto3/issues/2562",
    fact: "delivery and execution are told apart, and their sum is known",
    check: () => {
      const request = {
        ...runShellScript("true", { executionTimeout: "60s" }),
        TimeoutSeconds: 30,
      };
      expect(totalTimeoutSeconds(request)).toBe(90);
    },
  },
  {
    number: 20,
    source: "https://github.com/aws/amazon-ssm-agent/issues/316",
    fact: "a dead agent is seen as delayed while it lasts, and as not delivered at the end",
    check: async () => {
      const delayed: number[] = [];
      const onProgress = ({ counts }: CommandProgress) => delayed.push(counts.delayed);
      const { kind } = await outcomeOf({ nodes: [{ agent: "unreachable" }] }, { onProgress });
      expect([kind, Math.max(...delayed)]).toEqual(["deliveryTimedOut", 1]);
    },
  },
  {
    number: 20,
    source: "https://github.com/aws/amazon-ssm-agent/issues/234",
    fact: "a node that reboots and runs the step again is waited for",
    check: async () => {
      const behavior = inOrder(reboots({ after: "5s", takes: "3m" }), succeeds());
      expect((await outcomeOf({ behavior })).kind).toBe("succeeded");
    },
  },
  {
    number: 21,
    source: "https://github.com/apache/airflow/pull/57753",
    fact: "exit code and output are both there, whatever the policy",
    check: async () => {
      const outcome = await outcomeOf({
        behavior: fails({ exitCode: 3, stdout: "done so far\n" }),
      });
      expect(outcome.invocations[0]).toMatchObject({
        exitCode: 3,
        plugins: [{ stdout: "done so far\n" }],
      });
    },
  },
  {
    number: 23,
    source: "Success with NoInstancesInTag [rec-2026-09-27-managed-execution]",
    fact: "a command that targets no node is not a success",
    check: async () => {
      const { sent } = await sentTo({ nodes: [] }, { Targets: tagTargets({ Role: "web" }) });
      const outcome = await sent.waitForTerminal();
      expect(outcome.kind).toBe("noTargets");
      expect(() => orThrow(outcome)).toThrow(/ran nowhere/);
    },
  },
];
