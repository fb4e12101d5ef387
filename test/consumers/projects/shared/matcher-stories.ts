// What every runner's `expect` says of a fake, once it has the matchers.
import assert from "node:assert/strict";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { explore, type WorldArgument } from "ssm-run-command/explore";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";

type Verb = (...given: never[]) => unknown;
interface Matchers {
  readonly toHaveSentCommand: Verb;
  readonly toHaveReached: Verb;
  readonly toHaveSucceeded: Verb;
  readonly toHaveNoUnusedTrouble: Verb;
  readonly toBeClean: Verb;
}
interface Said extends Matchers {
  readonly not: Matchers;
}
/** The runner's `expect`, whichever it is. */
interface Expect {
  (given: unknown): Said;
  stringContaining(text: string): unknown;
  arrayContaining(items: string[]): unknown;
}

const tags = { Role: "web" };

async function deploy(fake: FakeSsm, Comment: string) {
  const request = { ...runShellScript("./deploy.sh"), Targets: tagTargets(tags), Comment };
  return (await new RunCommandClient(fake).send(request)).waitForTerminal();
}

/** The message of what is thrown. */
function messageOf(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("The assertion held.");
}

export function matcherStories(anyExpect: unknown): Readonly<Record<string, () => Promise<void>>> {
  const expect = anyExpect as Expect;
  const given = (value: unknown) => value as never;
  return {
    "finds what was sent, with the runner's own asymmetric matchers": async () => {
      const fake = new FakeSsm({ nodes: [{ tags }] });
      await deploy(fake, "nightly 7");
      await deploy(fake, "nightly 8");
      const nightly = { comment: expect.stringContaining("nightly") };
      const parameters = { commands: expect.arrayContaining(["./deploy.sh"]) };
      expect(fake).toHaveSentCommand(given({ ...nightly, parameters, times: 2 }));
      expect(fake).not.toHaveSentCommand(given({ comment: expect.stringContaining("weekly") }));
      expect(fake).toHaveReached(given("Success"));
      expect(fake).toHaveSucceeded();
    },

    "knows an outcome": async () => {
      const behavior = fails({ exitCode: 7, stderr: "disk full\n" });
      const fake = new FakeSsm({ nodes: [{ tags }, { tags, behavior }] });
      const outcome = await deploy(fake, "nightly 7");
      expect(outcome).not.toHaveSucceeded();
      const good = outcome.invocations.find(({ kind }) => kind === "succeeded");
      expect(good).toHaveSucceeded();
      assert.match(
        messageOf(() => expect(outcome).toHaveSucceeded()),
        /ended as Failed: .*\n.*\n {2}failed \(aws:runShellScript, exit code 7\) on i-0*2:\n {4}disk full\n/,
      );
    },

    "says what was sent instead, and what the fleet did": async () => {
      const fake = new FakeSsm({ nodes: [{ tags, behavior: succeeds({ after: "90s" }) }] });
      await deploy(fake, "nightly 7");
      const weekly = { comment: expect.stringContaining("weekly") };
      const said = messageOf(() => expect(fake).toHaveSentCommand(given(weekly)));
      assert.match(
        said,
        /^No command like \{"comment":StringContaining "weekly"\} was sent\. Sent was: /,
      );
      assert.ok(said.endsWith(`It differs in comment.\n\n${fake.timeline()}`), said);
    },

    "says which trouble never struck": async () => {
      const fake = new FakeSsm({ nodes: [{ tags }] });
      fake.faults.throttle("CancelCommand", { times: 1 });
      await deploy(fake, "nightly 7");
      const said = messageOf(() => expect(fake).toHaveNoUnusedTrouble());
      assert.match(
        said,
        /^Faults that were ordered never struck: throttle CancelCommand\. The calls were: /,
      );
    },

    "says in which worlds a function is wrong": async () => {
      const [good, bad] = [{}, { behavior: fails({ after: "90s" }) }];
      const worlds = [
        { name: "both are good", nodes: [good, good] },
        { name: "one fails late", nodes: [good, bad] },
      ];
      const waits = async ({ ssm, target }: WorldArgument) => {
        const request = { ...runShellScript("./deploy.sh"), ...target };
        return (await new RunCommandClient(ssm).send(request)).waitForTerminal();
      };
      const hopes = async (world: WorldArgument) => void (await waits(world));
      expect(await explore(waits, { worlds })).toBeClean();
      const report = await explore(hopes, { worlds, seed: 7 });
      expect(report).not.toBeClean();
      const said = messageOf(() => expect(report).toBeClean());
      assert.match(
        said,
        /^The function is wrong in 1 of 2 worlds \(seed 7\):\n\nlied {9}one fails late: It said succeeded, and /,
      );
      assert.match(said, /\n\nimport .*new FakeSsm\(.*\bhopes\(.*SendCommand/s);
      assert.equal(
        messageOf(() => report.throwIfWrong()),
        said,
      );
      assert.match(
        messageOf(() => expect(explore(waits, { worlds })).toBeClean()),
        /^toBeClean\(\) was given a promise\. Give expect\(\) the report: expect\(await /,
      );
    },
  };
}
