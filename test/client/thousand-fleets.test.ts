import fc from "fast-check";
import {
  isTerminalCommandStatus,
  type RunCommandApi,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails, hangs, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import { isTransientError } from "../../src/client/waiting/transient-error.ts";

const seconds = (most: number) => fc.integer({ min: 0, max: most }).map((n) => `${n}s` as const);

const NODE: fc.Arbitrary<NodeOptions> = fc.oneof(
  seconds(90).map((after) => ({ behavior: succeeds({ after }) })),
  seconds(90).map((after) => ({ behavior: fails({ after, stderr: "bad\n" }) })),
  fc.constant({ behavior: hangs() }),
  fc.constant({ agent: "unreachable" as const }),
  fc.constant({ agent: "undeliverable" as const }),
);

const FLEET = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  nodes: fc.array(NODE, { maxLength: 14 }),
  limits: fc.record({
    MaxConcurrency: fc.constantFrom("1", "3", "50%", "100%"),
    MaxErrors: fc.constantFrom("0", "2", "100%"),
  }),
  throttled: fc.double({ min: 0, max: 0.4, noNaN: true }),
  reset: fc.double({ min: 0, max: 0.2, noNaN: true }),
  latency: fc.record({
    visibilityDelay: seconds(20),
    targetExpansionDelay: seconds(20),
    replyDelay: seconds(9),
    expirySweepLag: seconds(29),
  }),
  /** How long ListCommands does not show the command. */
  hiddenMs: fc.integer({ min: 0, max: 20_000 }),
  /** How long each page leaves out its first invocation after the command is seen to be over. */
  lateMs: fc.integer({ min: 0, max: 2_000 }),
  pageSize: fc.integer({ min: 1, max: 6 }),
  /** Every so many pages one is repeated: the same items again, and after them the next page. */
  repeatEvery: fc.integer({ min: 2, max: 9 }),
  hasProgress: fc.boolean(),
});

type Fleet = typeof FLEET extends fc.Arbitrary<infer F> ? F : never;

/** The largest number of polls in so many milliseconds, if each of the growing intervals is a fifth shorter than meant. */
function mostPolls(ms: number): number {
  let polls = 1;
  for (let at = 0, next = 1_000; at <= ms; next = Math.min(next * 1.5, 10_000)) {
    at += next * 0.8;
    polls++;
  }
  return polls;
}

/**
 * An api over a fake that hides the command at first, shows some invocations late, cuts its pages short and repeats some.
 * It counts the calls that got through.
 */
function unkindly(fake: FakeSsm, { hiddenMs, lateMs, pageSize, repeatEvery }: Fleet) {
  const begun = fake.clock.now();
  let over: number | undefined;
  const passed = { polls: 0, pages: 0, readings: 0 };
  const api: RunCommandApi = {
    clock: fake.clock,
    sendCommand: (input) => fake.sendCommand(input),
    cancelCommand: (input) => fake.cancelCommand(input),
    getCommandInvocation: async (input) => {
      const answer = await fake.getCommandInvocation(input);
      passed.readings++;
      return answer;
    },
    listCommands: async (input) => {
      const answer = await fake.listCommands(input);
      passed.polls++;
      if (fake.clock.now() - begun < hiddenMs) return { ...answer, Commands: [] };
      if (isTerminalCommandStatus(answer.Commands?.[0]?.Status)) over ??= fake.clock.now();
      return answer;
    },
    listCommandInvocations: async ({ NextToken = "0:", ...input }) => {
      const [repeats = "0", token = ""] = NextToken.split(/:(.*)/s);
      const place = token === "" ? {} : { NextToken: token };
      const answer = await fake.listCommandInvocations({
        ...input,
        ...place,
        MaxResults: pageSize,
      });
      passed.pages++;
      const { NextToken: next, ...page } = answer;
      if (over !== undefined && fake.clock.now() - over < lateMs) page.CommandInvocations?.shift();
      // A page that is repeated has a token of its own, as pages that overlap have.
      if (passed.pages % repeatEvery === 0) {
        return { ...page, NextToken: `${Number(repeats) + 1}:${token}` };
      }
      return next === undefined ? page : { ...page, NextToken: `${repeats}:${next}` };
    },
  };
  return { api, passed };
}

/** Waits for a command on such a fleet, and returns what does not hold. */
async function breachesOf(fleet: Fleet): Promise<readonly string[]> {
  const { nodes, limits, throttled, reset, latency, seed, hasProgress } = fleet;
  const fake = new FakeSsm({
    seed,
    latency,
    nodes: nodes.map((node) => ({ tags: { Role: "web" }, ...node })),
  });
  const { api, passed } = unkindly(fake, fleet);
  let chance = seed;
  const random = () => {
    chance = (chance * 48_271) % 2_147_483_647;
    return chance / 2_147_483_647;
  };
  const begun = fake.clock.now();
  const sent = await new RunCommandClient(api, { random }).send({
    ...runShellScript("./a.sh", { executionTimeout: "120s" }),
    TimeoutSeconds: 60,
    Targets: tagTargets({ Role: "web" }),
    MaxConcurrency: limits.MaxConcurrency as "1",
    MaxErrors: limits.MaxErrors as "0",
  });
  const calm = [
    fake.faults.throttle("*", { probability: throttled }),
    fake.faults.resetConnection("*", { probability: reset }),
  ];
  const told: string[] = [];
  const onProgress = hasProgress
    ? {
        onProgress: (progress: { justEnded: readonly { instanceId: string }[] }) => {
          told.push(...progress.justEnded.map(({ instanceId }) => instanceId));
        },
      }
    : {};
  const end = await sent.waitForTerminal(onProgress).then(
    (outcome) => ({ outcome }),
    (error: unknown) => ({ error }),
  );
  for (const takeAway of calm) takeAway();
  const breaches: string[] = [];
  const waited = fake.clock.now() - begun;
  const polls = mostPolls(waited);
  const pages = hasProgress ? polls + 3 : 4;
  const perReading = (Math.ceil(nodes.length / fleet.pageSize) + 1) * 2;
  if (passed.polls > polls) breaches.push(`${passed.polls} polls in ${waited} ms`);
  if (passed.pages > pages * perReading) breaches.push(`${passed.pages} pages`);
  if (passed.readings > 5) breaches.push(`${passed.readings} readings of streams`);
  if (new Set(told).size < told.length) breaches.push("told an end twice");
  if ("error" in end) {
    // Trouble that does not pass may end the waiting; in that case the client has claimed nothing.
    const isNamed = end.error instanceof Error && end.error.name === "StillRunningError";
    return isNamed || isTransientError(end.error) ? breaches : [...breaches, String(end.error)];
  }
  const { command, invocations } = end.outcome;
  const { Commands } = await fake.listCommands({ CommandId: sent.commandId });
  const truth = await fake.listCommandInvocations({ CommandId: sent.commandId });
  if (!isTerminalCommandStatus(Commands?.[0]?.Status)) breaches.push("the command has not ended");
  if (command.Status !== Commands?.[0]?.Status) breaches.push(`claimed ${command.Status}`);
  const really = new Map(
    truth.CommandInvocations?.map(({ InstanceId, StatusDetails }) => [InstanceId, StatusDetails]),
  );
  const ids = invocations.map(({ instanceId }) => instanceId);
  if (new Set(ids).size !== nodes.length || ids.length !== nodes.length) {
    breaches.push(`${ids.length} invocations of ${nodes.length}`);
  }
  for (const { instanceId, kind, invocation } of invocations) {
    const isTrue = really.get(instanceId) === invocation.StatusDetails;
    if (kind !== "unrecognized" && !isTrue) breaches.push(`${instanceId} claimed ${kind}`);
  }
  return breaches;
}

it("a wait ends, tells the truth, loses nothing and keeps to its budget, on a thousand fleets", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(FLEET, async (fleet) => {
      expect(await breachesOf(fleet)).toEqual([]);
    }),
    { numRuns: 1_000, seed: 20_261_124 },
  );
});
