import type { SentFleet } from "ssm-run-command";
import { type FakeSsm, fails, hangs, type LatencyPreset, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aSource } from "../waiting/a-source.ts";
import { aFleet } from "./a-fleet.ts";

const COUNT = 120;
const bad = (index: number) => index % 7 === 3;
const NODE = (index: number) => ({
  behavior: bad(index)
    ? fails({ exitCode: 7, stderr: "disk full\n", after: "20s" })
    : succeeds({ after: `${20 + (index % 40)}s` }),
});

/** What may lawfully happen between a send in parts and its end. */
const TROUBLE: Readonly<Record<string, (fake: FakeSsm) => void>> = {
  "nothing happens": () => {},
  "the account is throttled": (fake) => {
    fake.faults.limitRate("*", { perSecond: 1 });
    fake.faults.throttle("ListCommands", { every: 3 });
  },
  "every third answer is lost": (fake) => void fake.faults.loseAnswer("SendCommand", { every: 3 }),
  "an answer takes too long": (fake) =>
    void fake.faults.loseAnswer("SendCommand", { times: 1, as: "timeout" }),
  "the service fails for a minute": (fake) => {
    fake.faults.internalError("ListCommands", { from: "5s", until: "1m" });
    fake.faults.internalError("ListCommandInvocations", { until: "1m" });
  },
  "commands are listed late": (fake) => {
    const until = fake.clock.now() + 12_000;
    fake.on("ListCommands", ({ at }) => (at < until ? { answer: { Commands: [] } } : undefined));
  },
  "others send much with the same document": (fake) => {
    const other = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["uptime"] } };
    const remove = fake.on("SendCommand", async ({ input }) => {
      if (input.Comment === undefined) return undefined;
      remove();
      for (let sent = 0; sent < 70; sent++) {
        await fake.sendCommand({ ...other, InstanceIds: ["i-00000000000000000"] });
      }
      return undefined;
    });
  },
};

const WAYS: Readonly<
  Record<string, (fleet: SentFleet, fake: FakeSsm) => ReturnType<SentFleet["waitForTerminal"]>>
> = {
  "a wait": (fleet) => fleet.waitForTerminal(),
  "a wait that is woken": (fleet, fake) => {
    const source = aSource();
    fake.notifications.on((told) => source.push(told));
    return fleet.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "5m" });
  },
  "looks, one after another": async (fleet, fake) => {
    for (;;) {
      const look = await fleet.look().catch(() => undefined);
      if (look && look.kind !== "running" && look.kind !== "unknown") return look;
      await fake.clock.sleep("7s");
    }
  },
};

describe.each(Object.keys(WAYS))("sendAll() with a key, and %s,", (way) => {
  describe.each<LatencyPreset>(["measured", "worst"])("on a service that is %s", (latency) => {
    it.each(Object.keys(TROUBLE))(
      "tells the truth, and runs on each node once: %s",
      async (name) => {
        const { fake, runCommand, request, ids } = aFleet(COUNT, { node: NODE, latency });
        TROUBLE[name]?.(fake);
        const whole = { ...request, Comment: "deploy", MaxConcurrency: "100%", MaxErrors: "50%" };
        let fleet: SentFleet | undefined;
        while (fleet === undefined) {
          fleet = await runCommand.sendAll(whole, { once: "deploy-1a2b" }).catch(() => undefined);
          if (fleet === undefined) await fake.clock.sleep("7s");
        }
        const outcome = await WAYS[way]!(fleet, fake);

        const ran = fake
          .records()
          .filter(({ request: { Comment } }) => Comment?.startsWith("deploy"));
        expect(
          ran.flatMap(({ invocations }) => invocations.map((each) => each.instanceId)).sort(),
        ).toEqual(ids);
        expect(outcome.kind).toBe("incomplete");
        const told = outcome.invocations.map(({ instanceId, kind }) => [instanceId, kind]).sort();
        expect(told).toEqual(ids.map((id, index) => [id, bad(index) ? "failed" : "succeeded"]));
      },
    );
  });
});

it("a part that is cancelled by another caller makes the whole cancelled", async () => {
  const { fake, runCommand, request } = aFleet(COUNT, { node: () => ({ behavior: hangs() }) });
  const fleet = await runCommand.sendAll(request);
  void fake.clock.sleep("40s").then(async () => {
    for (const { commandId } of fleet.parts) await fake.cancelCommand({ CommandId: commandId });
  });
  expect((await fleet.waitForTerminal()).kind).toBe("cancelled");
});
