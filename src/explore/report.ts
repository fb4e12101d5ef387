/**
 * What a function says of its command, or how the command ended: `failed` is also a command that timed out, was denied,
 * exceeded a quota or was ended by an alarm; `partly` is AWS's `Incomplete`; `none` is a command without a node, or no command
 * at all; `running` is one that is open.
 *
 * @example
 * ```ts
 * const said: SaidWord = "partly"; // of a function that returns such words, nothing has to be mapped
 * ```
 */
export type SaidWord = "succeeded" | "failed" | "partly" | "cancelled" | "none" | "running";

/**
 * What is wrong with a function in a world; the first that holds, in this order.
 *
 * - `hung`: it did not return: see {@link explore} for how long it may take.
 * - `sentTwice`: it sent two commands with equal document, parameters and targets.
 * - `lied`: it says `succeeded` of what was not, also when it says so before the end.
 * - `threw`: it threw an error that no fault of the world caused, although the command succeeded, or nothing was sent.
 * - `falseAlarm`: it says `failed`, or anything else but `succeeded`, of what succeeded, also when it says so before the end.
 *   A success is what AWS calls so: also that of a command with nodes that could not be used, beside others that succeeded.
 * - `leftRunning`: it returned while a command was open.
 *
 * @example
 * ```ts
 * const verdicts: readonly Verdict[] = ["hung", "lied"];
 * const allow = ({ verdict }: WrongWorld) => !verdicts.includes(verdict); // these two are never right
 * (await explore(({ ssm, target }) => deploy(ssm, target), { worlds: ["no node has the tag"], allow })).wrong; //=> []
 * ```
 */
export type Verdict = "hung" | "sentTwice" | "lied" | "threw" | "falseAlarm" | "leftRunning";

/**
 * A world in which a function is wrong, made as small as it gets with this verdict.
 *
 * @example
 * ```ts
 * const alwaysFine = async ({ ssm, target }: WorldArgument) => void (await deploy(ssm, target)); // whatever came of it
 * const [entry]: readonly WrongWorld[] = (await explore(alwaysFine, { worlds: ["one of three nodes fails late"] })).wrong;
 * entry?.verdict; //=> "lied"
 * entry?.nodes; //=> 1
 * ```
 */
export interface WrongWorld {
  /** What is wrong. */
  readonly verdict: Verdict;
  /** The name of the world. */
  readonly world: string;
  /** How the command ended, or `running` where the function said `succeeded` before the end. Of several commands the worst. */
  readonly truth: SaidWord;
  /** What the function said; undefined if it hung. */
  readonly got: SaidWord | undefined;
  /** What it threw, if it threw: `NAME: MESSAGE`. */
  readonly error?: string;
  /** With it the world can be run again: by its name, a random one by `{ worlds: "none", random: 1, seed }`. */
  readonly seed: number;
  /** How many nodes are left. */
  readonly nodes: number;
  /** How many calls the function made in what is left. */
  readonly calls: number;
  /** What happened, in one sentence. */
  readonly explain: string;
  /** What happened, step by step: `fake.timeline()`. */
  readonly timeline: string;
  /** What is left of the world, as code to paste into a test file. */
  readonly code: string;
  /** What was not finished, in one sentence: the world may get smaller still, or a hang was told by real time. */
  readonly note?: string;
}

/**
 * What `explore` found.
 *
 * @example
 * ```ts
 * const report: ExploreReport = await explore(({ ssm, target }) => deploy(ssm, target), { worlds: ["another caller cancels it"] });
 * report.throwIfWrong();
 * report.ran; //=> 1
 * ```
 */
export interface ExploreReport {
  /** How many worlds the function ran in. */
  readonly ran: number;
  /** How many calls it made in them, those of making worlds smaller left out. */
  readonly calls: number;
  /** The seed of the run. */
  readonly seed: number;
  /** Where it is wrong, in the order of the worlds. */
  readonly wrong: readonly WrongWorld[];
  /** Where it is wrong, and `allow` says that it may be; these were not made smaller. */
  readonly allowed: readonly WrongWorld[];
  /**
   * Throws if the function is wrong in any world: the message has each with its explanation, and the first with its code and
   * its timeline.
   *
   * @throws AssertionError.
   */
  throwIfWrong(): void;
}
