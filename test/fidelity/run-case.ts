import type { CallStep, Case, ListStep, ParsedCase, ReadStep, Step } from "./case-format.ts";
import { nodesOf } from "./case-nodes.ts";
import { msOf } from "./case-time.ts";
import { valueAt } from "./json.ts";
import { mismatchOf } from "./match.ts";
import { resolvePlaceholders } from "./placeholders.ts";
import type { Road } from "./roads.ts";
import { messageOf, shown } from "./shown.ts";
import { expectedSideEffects } from "./side-effects.ts";
import { createWorld, type World } from "./world.ts";

/** What placeholders can name: saved answers, and the ids of the nodes. */
type Names = Record<string, unknown>;

interface Stage {
  readonly world: World;
  readonly names: Names;
}

/** Why a case fails by a road, or undefined when it passes. A case that breaks the format fails by every road. */
export async function failureOf(parsed: ParsedCase, road: Road): Promise<string | undefined> {
  if (!parsed.ok) return parsed.why;
  try {
    const world = await createWorld(parsed.value, road);
    return await runCase(parsed.value, world).finally(() => world.close());
  } catch (error) {
    return `The account of the case cannot be made: ${messageOf(error)}`;
  }
}

/** Runs the steps of a case in a world: the first failure, with the step's number, time and kind, or undefined. */
export async function runCase(value: Case, world: World): Promise<string | undefined> {
  const names: Names = { nodes: nodesOf(value).map(({ instanceId }) => instanceId) };
  for (const [index, step] of value.steps.entries()) {
    const why = await failureOfStep(step, { world, names });
    if (why !== undefined) return `step ${index + 1} at ${step.at}, ${titleOf(step)}: ${why}`;
  }
  return undefined;
}

async function failureOfStep(step: Step, stage: Stage): Promise<string | undefined> {
  try {
    await stage.world.advanceTo(msOf(step.at));
    if ("call" in step) return await call(step, stage);
    if ("list" in step) return await list(step, stage);
    if ("read" in step) return await read(step, stage);
    stage.world.change(resolvePlaceholders(step.change, stage.names));
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function call(step: CallStep, { world, names }: Stage): Promise<string | undefined> {
  const result = await world.call(step.call, resolvePlaceholders(step.input, names));
  if ("refused" in result) {
    const { name, message } = result.refused;
    if (step.refused === undefined) return `refused with ${name}: ${message ?? "no message"}`;
    return failureOfRefusal(resolvePlaceholders(step.refused, names), result.refused);
  }
  if (step.refused !== undefined) {
    return `expected the refusal ${shown(step.refused.name)}, found an answer`;
  }
  // Before it is compared: an answer may be compared with itself.
  if (step.save !== undefined) names[step.save] = result.answer;
  const expected = { answer: step.answer, absent: step.absent ?? [] };
  const { answer, absent } = resolvePlaceholders(expected, names);
  const sentences = [mismatchOf(answer, result.answer, "answer")];
  for (const path of absent) {
    const found = valueAt(result.answer, path.split("."));
    if (found !== undefined)
      sentences.push(`answer.${path}: expected nothing, found ${shown(found)}`);
  }
  return sentences.find((sentence) => sentence !== undefined);
}

function failureOfRefusal(
  expected: NonNullable<CallStep["refused"]>,
  { name, message }: { readonly name: string; readonly message: string | undefined },
): string | undefined {
  const wrongName = mismatchOf(expected.name, name, "refused.name");
  if (wrongName !== undefined) return `${wrongName} (${message ?? "no message"})`;
  if (!("message" in expected)) return undefined;
  // null stands where the service sends no message.
  const pattern = expected.message ?? undefined;
  return mismatchOf(pattern, message, "refused.message");
}

async function list(step: ListStep, { world, names }: Stage): Promise<string | undefined> {
  const { input, items, groups } = resolvePlaceholders(step, names);
  const found: unknown[] = [];
  const member = step.list === "ListCommands" ? "Commands" : "CommandInvocations";
  const tokens = new Set<unknown>();
  for (let token: unknown; ; ) {
    const result = await world.call(
      step.list,
      token === undefined ? input : { ...input, NextToken: token },
    );
    if ("refused" in result)
      return `refused with ${result.refused.name}: ${result.refused.message}`;
    const page = result.answer[member];
    if (!Array.isArray(page)) return `answer.${member}: expected a list, found ${shown(page)}`;
    found.push(...page);
    token = result.answer["NextToken"];
    if (token === undefined || token === "") break;
    if (tokens.has(token)) return `the token ${shown(token)} has come a second time`;
    tokens.add(token);
  }
  return groups === undefined ? mismatchOf(items, found, "items") : failureOfGroups(groups, found);
}

function failureOfGroups(
  groups: NonNullable<ListStep["groups"]>,
  items: readonly unknown[],
): string | undefined {
  const detailsOf = (item: unknown) => String(valueAt(item, ["StatusDetails"]));
  const shows = [...new Set(items.map(detailsOf))].map((details) => ({
    details,
    members: items.filter((item) => detailsOf(item) === details),
  }));
  const counts = shows.map(({ details, members }) => `${details} ${members.length}`).join(", ");
  const unnamed = shows.find(({ details }) => !Object.hasOwn(groups, details));
  if (unnamed !== undefined) return `groups: expected no ${unnamed.details}, found ${counts}`;
  for (const [details, { count, ...pattern }] of Object.entries(groups)) {
    const members = shows.find((group) => group.details === details)?.members ?? [];
    if (members.length !== count) {
      return `groups: expected ${details} ${count}, found ${counts || "no item"}`;
    }
    const sentence = members
      .map((item) => mismatchOf(pattern, item, `groups.${details}`))
      .find((each) => each !== undefined);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

async function read(step: ReadStep, { world, names }: Stage): Promise<string | undefined> {
  const resolved = resolvePlaceholders(step, names);
  return mismatchOf(expectedSideEffects(resolved), await world.read(resolved), step.read);
}

function titleOf(step: Step): string {
  if ("call" in step) return step.call;
  if ("list" in step) return `all of ${step.list}`;
  return "read" in step ? `read ${step.read}` : "change";
}
