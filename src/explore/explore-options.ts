import { inMessage } from "../domain/in-message.ts";
import { checkOptions, isPlainObject, type OptionTable, wordAdvice } from "../domain/options.ts";
import type { SaidWord, Verdict, WrongWorld } from "./report.ts";
import type { World } from "./world.ts";

/**
 * The most that a random world has.
 *
 * @inline
 */
export type WorldSize = {
  /** Nodes. @default 10 */
  readonly nodes?: number | undefined;
  /** Faults. @default 2 */
  readonly faults?: number | undefined;
  /** Things that happen meanwhile. @default 2 */
  readonly happenings?: number | undefined;
};

/**
 * Options of {@link explore}. All of them have a default.
 *
 * @example
 * ```ts
 * const options: ExploreOptions = { worlds: ["the answer to SendCommand is lost"], allow: (entry) => entry.verdict === "threw" };
 * (await explore(({ ssm, target }) => deploy(ssm, target), options)).ran; //=> 1
 * ```
 */
export interface ExploreOptions {
  /**
   * Which worlds beside random ones: all hand-made ones, none, or those of an array, of names of hand-made ones and of worlds
   * of your own. @default "catalogue"
   */
  worlds?: "catalogue" | "none" | readonly (string | World)[] | undefined;
  /** How many random worlds. @default 0 */
  random?: number | undefined;
  /** How large random worlds may get. @default { nodes: 10, faults: 2, happenings: 2 } */
  size?: WorldSize | undefined;
  /**
   * A whole number that decides the random worlds, and the ids, the jitter and the `Math.random()` of all. The first random
   * world has this very seed. @default 1
   */
  seed?: number | undefined;
  /**
   * What a result, or an error that was thrown, says of the command. @default words, booleans and outcomes as they are;
   * nothing is `succeeded`, an error `failed`
   */
  said?: ((result: unknown, error: unknown) => SaidWord) | undefined;
  /**
   * What may be wrong: verdicts by the name of the world, or a function that is asked of each entry. Such entries are in
   * `report.allowed`. @default nothing
   */
  allow?:
    | Readonly<Record<string, readonly Verdict[]>>
    | ((entry: WrongWorld) => boolean)
    | undefined;
}

/** The options of `explore`. */
export const EXPLORE_OPTIONS = {
  worlds: "any",
  random: "a number",
  size: "any",
  seed: "a number",
  said: "a function",
  allow: "any",
} as const satisfies OptionTable<ExploreOptions>;

/** The members of `size`. */
export const SIZE_OPTIONS = {
  nodes: "a number",
  faults: "a number",
  happenings: "a number",
} as const satisfies OptionTable<WorldSize>;

const VERDICTS = [
  "hung",
  "sentTwice",
  "lied",
  "threw",
  "falseAlarm",
  "leftRunning",
] as const satisfies readonly Verdict[];

/** Refuses options that would be misunderstood without an error. */
export function checkExploreOptions(options: ExploreOptions | undefined): void {
  checkOptions(options, EXPLORE_OPTIONS, "explore()");
  const { random = 0, seed = 1, size, allow } = options ?? {};
  checkCount(random, "random of explore()");
  if (!Number.isInteger(seed)) {
    throw new TypeError(`seed of explore() is ${inMessage(seed)}. Give it a whole number.`);
  }
  checkOptions(size, SIZE_OPTIONS, "size of explore()");
  for (const [name, count] of Object.entries(size ?? {})) {
    if (count !== undefined) checkCount(count, `size.${name} of explore()`);
  }
  if (allow === undefined || typeof allow === "function") return;
  if (!isPlainObject(allow)) {
    throw new TypeError(
      `allow of explore() is ${inMessage(allow)}. Give it verdicts by the name of the world, { "an alarm goes off": ["threw"] }, or a function of an entry.`,
    );
  }
  for (const [world, verdicts] of Object.entries(allow)) checkVerdicts(verdicts, world);
}

function checkVerdicts(verdicts: unknown, world: string): void {
  const place = `allow of explore() for ${JSON.stringify(world)}`;
  if (!Array.isArray(verdicts)) {
    throw new TypeError(
      `${place} is ${inMessage(verdicts)}. Give it an array of verdicts: ["threw"].`,
    );
  }
  for (const verdict of verdicts) {
    if (VERDICTS.some((each) => each === verdict)) continue;
    throw new TypeError(`${place} has ${inMessage(verdict)}. ${wordAdvice(verdict, VERDICTS)}`);
  }
}

/** Refuses what is no count. */
export function checkCount(count: number, place: string): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new TypeError(`${place} is ${inMessage(count)}. Give it a whole number, 0 or more.`);
}
