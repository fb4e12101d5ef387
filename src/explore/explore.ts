import { inMessage } from "../domain/in-message.ts";
import { fakedTimer } from "../time/faked-timers.ts";
import { catalogue } from "./catalogue/catalogue.ts";
import { chosenWorlds } from "./chosen-worlds.ts";
import { type CodeOptions, worldCode } from "./code/world-code.ts";
import { checkExploreOptions, type ExploreOptions } from "./explore-options.ts";
import { explainRun } from "./judging/explain-run.ts";
import { logsModule } from "./logs-module.ts";
import type { ExploreReport, WrongWorld } from "./report.ts";
import { reportOf } from "./report-of.ts";
import { type ExploredFunction, type RunInWorld, type RunOptions, runWorld } from "./run-world.ts";
import {
  MOST_CALLS_OF_ENTRY,
  MOST_RUNS_OF_ENTRY,
  type SmallestRun,
  shrink,
  type WrongRun,
} from "./shrinking/shrink.ts";
import type { World } from "./world.ts";
import type { WorldArgument } from "./world-argument.ts";

/** How many worlds are open at a time (our decision: enough that none waits for the event loop alone). */
const AT_ONCE = 20;

/** A run that is reported, without its fake where nothing is wrong. */
interface Judged {
  readonly calls: number;
  readonly wrong: WrongRun | undefined;
}

/**
 * Runs your function in many worlds in which AWS may put it, and shows the smallest world in which it is wrong: it says that a
 * command succeeded which did not, raises an alarm about one that did, hangs, sends twice, or leaves a command running.
 *
 * - The function is yours as it is. It gets a real client on a fake, and runs in a bubble of time, as in `inVirtualTime`: hours
 *   take milliseconds.
 * - Worlds are of the catalogue, at random from a seed, or your own. They run side by side, so the function must not keep
 *   what is of one run in a place that all runs share. The same seed gives the same report, byte by byte.
 * - What the function returns is compared with how its commands ended, once the world was played on to its end. {@link Verdict}
 *   says what may be wrong.
 * - It hangs when it goes on for three virtual hours, or for 5,000 calls, after its command has ended (without a command, for
 *   three hours from its start), when it makes 5,000 calls within ten minutes, or when nothing is left that could wake it. Its
 *   calls and timers then never settle. A loop without any `await`, or whose awaits all settle at once, cannot be
 *   stopped: it stops the test, too.
 * - A world in which it is wrong is made smaller: fewer nodes, faults and happenings, shorter times. What is left is printed as
 *   code, with at most 20,000 calls of the function for one world.
 *
 * Our decision, all of it.
 *
 * @param yourFunction - Sends a command to `target` by `ssm`, and says how it went: by one of the words of {@link SaidWord}, a
 *   boolean, an outcome, or, if it returns nothing, by not throwing.
 * @param options - See {@link ExploreOptions}.
 * @throws (as a rejection) TypeError for an option that is not valid, and for a result of which nobody knows what it says; Error
 *   while a test runner has faked timers.
 *
 * @example
 * ```ts
 * const report = await explore(({ ssm, target }) => deploy(ssm, target), { worlds: ["an alarm goes off"], random: 10, seed: 7 });
 * report.ran; //=> 11
 * report.wrong.map(({ world, verdict }) => `${world}: ${verdict}`); //=> []
 * ```
 */
export function explore(
  yourFunction: (world: WorldArgument) => unknown,
  options?: ExploreOptions,
): Promise<ExploreReport>;
export async function explore(
  yourFunction: ExploredFunction,
  options?: ExploreOptions,
  ...more: readonly unknown[]
): Promise<ExploreReport> {
  checkCalled(yourFunction, more);
  checkExploreOptions(options);
  const { seed = 1, said, allow } = options ?? {};
  const worlds = chosenWorlds(options ?? {}, catalogue());
  const logs = await logsModule();
  const runOptions: RunOptions = {
    ...{ seed, said },
    logsClient: logs && ((fake) => new logs.CloudWatchLogsClient(fake.logs.clientConfig())),
  };
  const judged = await sideBySide(worlds, (world) => judge(yourFunction, world, runOptions));
  const code = { seed, functionName: yourFunction.name, hasLogs: logs !== undefined };
  const wrong = judged.flatMap(({ wrong }) => (wrong === undefined ? [] : [wrong]));
  const entries = await sideBySide(wrong, async (each) => {
    const asFound = entryOf({ ...each, isUnfinished: false }, code);
    if (isAllowed(asFound, allow)) return { allowed: asFound };
    const runIn = (world: World, mostCalls: number) =>
      runIfPossible(yourFunction, world, { ...runOptions, mostCalls });
    return { wrong: entryOf(await shrink(each, runIn), code) };
  });
  return reportOf({
    ran: worlds.length,
    calls: judged.reduce((sum, { calls }) => sum + calls, 0),
    seed,
    wrong: entries.flatMap(({ wrong }) => wrong ?? []),
    allowed: entries.flatMap(({ allowed }) => allowed ?? []),
  });
}

function checkCalled(yourFunction: unknown, more: readonly unknown[]): void {
  if (typeof yourFunction !== "function") {
    throw new TypeError(
      `explore was given ${inMessage(yourFunction)} to run. Give it a function: explore(async ({ ssm, target }) => { … }).`,
    );
  }
  if (more.length > 0) {
    throw new TypeError("explore was given a third argument. It takes a function and options.");
  }
  const faked = fakedTimer();
  if (faked === undefined) return;
  throw new Error(
    `explore cannot run under faked timers: somebody has replaced ${faked}. Go back to real ones first (vi.useRealTimers(), jest.useRealTimers(), mock.timers.reset()).`,
  );
}

async function judge(
  yourFunction: ExploredFunction,
  world: World,
  options: RunOptions,
): Promise<Judged> {
  const run = await runWorld(yourFunction, world, options);
  return { calls: run.calls, wrong: run.verdict === undefined ? undefined : { world, run } };
}

/** A smaller world may be one that cannot be opened, such as one whose fault strikes never. */
async function runIfPossible(
  yourFunction: ExploredFunction,
  world: World,
  options: RunOptions,
): Promise<RunInWorld | undefined> {
  try {
    return await runWorld(yourFunction, world, options);
  } catch {
    return undefined;
  }
}

/** What a report says of a run that is wrong. */
function entryOf(
  { world, run, isUnfinished }: SmallestRun,
  { seed, ...code }: Pick<CodeOptions, "seed" | "functionName" | "hasLogs">,
): WrongWorld {
  const { verdict, truth, got, error, calls, fake } = run;
  if (verdict === undefined) throw new Error("Nothing is wrong in a run that is to be reported.");
  const explain = explainRun(run);
  const seedOfWorld = world.seed ?? seed;
  const notes = [
    ...(isUnfinished
      ? [
          `It was not made smaller any further: ${MOST_CALLS_OF_ENTRY} calls, or ${MOST_RUNS_OF_ENTRY} worlds, are the most for one entry.`,
        ]
      : []),
    ...(run.hungBy === "realTime" ? ["That it hangs was told by real time."] : []),
  ];
  return {
    verdict,
    world: world.name,
    truth,
    got,
    ...(error === undefined ? {} : { error }),
    seed: seedOfWorld,
    nodes: world.nodes.length,
    calls,
    explain,
    timeline: fake.timeline(),
    code: worldCode(world, {
      ...code,
      seed: seedOfWorld,
      comment: `Found in the world ${JSON.stringify(world.name)}: ${verdict}. ${explain}`,
    }),
    ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
  };
}

function isAllowed(entry: WrongWorld, allow: ExploreOptions["allow"]): boolean {
  if (typeof allow === "function") return allow(entry);
  const verdicts =
    allow !== undefined && Object.hasOwn(allow, entry.world) ? allow[entry.world] : [];
  return verdicts?.includes(entry.verdict) ?? false;
}

/** What a function returns for each item, in the order of the items; it is called for {@link AT_ONCE} of them at a time. */
async function sideBySide<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Promise<Result>[] = [];
  const left = items.entries();
  const work = async () => {
    for (const [index, item] of left) {
      const result = run(item);
      results[index] = result;
      await result.catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // The first that has failed, whichever that was in time.
  return Promise.all(results);
}
