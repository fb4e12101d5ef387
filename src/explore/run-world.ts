import { inMessage } from "../domain/in-message.ts";
import { BubbleRealm } from "../fake/bubble/bubble-realm.ts";
import type { FakeSsm } from "../fake/fake-ssm.ts";
import { DRIVEN, type FaultThatStruck, realTime } from "../time/clock.ts";
import { seededRandom } from "../time/random.ts";
import { Caps, type HungBy, playOn } from "./caps.ts";
import { isOfFault } from "./judging/fault-errors.ts";
import { isSaidWord, saidByDefault, unknownResult, unknownWord } from "./judging/said.ts";
import { hasTwins, isOpen, truthOf } from "./judging/truth.ts";
import { shownTruth, verdictOf } from "./judging/verdict.ts";
import { openWorld } from "./open-world.ts";
import type { SaidWord, Verdict } from "./report.ts";
import type { World } from "./world.ts";
import type { WorldArgument } from "./world-argument.ts";

/** What a function that is explored gets and returns. */
export type ExploredFunction = (world: WorldArgument) => unknown;

/** How a function is run in a world. */
export interface RunOptions {
  /** What worlds without a seed of their own have. */
  readonly seed: number;
  /** What a result or an error says. */
  readonly said: ((result: unknown, error: unknown) => unknown) | undefined;
  /** With more calls a run is given up. @default no limit */
  readonly mostCalls?: number;
  /** Makes the client of CloudWatch Logs, where it is installed. */
  readonly logsClient: ((fake: FakeSsm) => WorldArgument["logs"]) | undefined;
}

/** What came of a run of a function in a world. */
export interface RunInWorld {
  readonly verdict: Verdict | undefined;
  readonly truth: SaidWord;
  readonly got: SaidWord | undefined;
  readonly hungBy: HungBy | undefined;
  /** How its commands ended in the end. */
  readonly ended: SaidWord;
  /** Whether a command was open when it returned. */
  readonly leftOpen: boolean;
  /** How many commands it sent. */
  readonly sent: number;
  /** What it threw, in words. */
  readonly error: string | undefined;
  readonly calls: number;
  /** What counts against what an entry may cost: calls, and timers a little. */
  readonly cost: number;
  /** The fake, for a report. */
  readonly fake: FakeSsm;
}

/** How a function left its world. */
type Left =
  | { readonly type: "returned"; readonly result: unknown }
  | { readonly type: "threw"; readonly error: unknown }
  | { readonly type: "hung"; readonly by: HungBy };

/** Runs a function in a world of its own, plays that on to its end, and judges what it said. */
export async function runWorld(
  yourFunction: ExploredFunction,
  world: World,
  options: RunOptions,
): Promise<RunInWorld> {
  const { seed = options.seed } = world;
  // What seems stuck is told by the caps.
  const { fake, target, logsConfig } = openWorld(world, {
    seed,
    warnAfter: "20d",
  });
  const atCap = new AbortController();
  const argument: WorldArgument = {
    ssm: fake.client(),
    // Without the peer there is none, and its type is unknown to the compiler, too.
    logs: options.logsClient?.(fake) as WorldArgument["logs"],
    ...{ target, logsConfig, fake, signal: atCap.signal },
  };
  const struck: FaultThatStruck[] = [];
  const caps = new Caps(fake, options.mostCalls ?? Infinity);
  const { flow, virtual } = fake.clock[DRIVEN];
  const random = seededRandom(seed ^ 0x2545f491);
  const { bubble, result, inside, close } = BubbleRealm.get().runWatched(
    { clock: fake.clock, flow, virtual },
    {
      openedAt: {},
      run: () => yourFunction(argument),
      watcher: {
        ...{ sawCall: () => caps.sawCall(), sawAnswer: () => caps.sawAnswer(), random },
        sawTimer: () => caps.sawTimer(),
        sawFault: (fault) => void struck.push(fault),
      },
    },
  );
  caps.watch(bubble);
  const left = await Promise.race([leaving(result), hanging(caps)]);
  caps.stop();
  const before = fake.records();
  // What it has begun and not awaited still comes to the service.
  await realTime.nextTurn();
  const sent = fake.records();
  bubble.freeze();
  // What hears of it is the function's own, and frozen, too.
  if (left.type === "hung") inside(() => atCap.abort());
  await playOn(fake);
  close();

  const said = left.type === "hung" ? undefined : saidOf(left, { world, said: options.said });
  const commands = fake.records();
  const seen = {
    hung: left.type === "hung",
    sentTwice: hasTwins(commands),
    said,
    threw: threwBy(left, struck),
    sent: commands.length > 0,
    leftOpen: before.some(isOpen) || sent.length > before.length,
    truth: truthOf(commands),
  };
  return {
    verdict: verdictOf(seen),
    truth: shownTruth(seen),
    ended: seen.truth,
    leftOpen: seen.leftOpen,
    sent: commands.length,
    got: said,
    hungBy: left.type === "hung" ? left.by : undefined,
    error: left.type === "threw" ? inWords(left.error) : undefined,
    calls: caps.calls,
    cost: caps.cost,
    fake,
  };
}

function leaving(result: Promise<unknown>): Promise<Left> {
  return result.then(
    (value) => ({ type: "returned", result: value }),
    (error: unknown) => ({ type: "threw", error }),
  );
}

async function hanging({ hung }: Caps): Promise<Left> {
  return { type: "hung", by: await hung };
}

/** The word that a function said by what it returned or threw. */
function saidOf(
  left: Exclude<Left, { readonly type: "hung" }>,
  { world, said }: { readonly world: World } & Pick<RunOptions, "said">,
): SaidWord {
  const result = left.type === "returned" ? left.result : undefined;
  // Something was thrown, even where that is nothing.
  const error =
    left.type === "threw" ? (left.error ?? new Error("Nothing was thrown.")) : undefined;
  if (said === undefined) {
    const word = saidByDefault(result, error);
    if (word === undefined) throw unknownResult(result, world.name);
    return word;
  }
  const word = said(result, error);
  if (!isSaidWord(word)) throw unknownWord(word, world.name);
  return word;
}

function threwBy(left: Left, struck: readonly FaultThatStruck[]): "no" | "aFault" | "anError" {
  if (left.type !== "threw") return "no";
  return isOfFault(left.error, struck) ? "aFault" : "anError";
}

/** An error in words. Anything can be thrown, also what cannot be read. */
function inWords(error: unknown): string {
  try {
    if (!(error instanceof Error)) return inMessage(error);
    return error.message === "" ? error.name : `${error.name}: ${error.message}`;
  } catch {
    return "something that cannot be read";
  }
}
