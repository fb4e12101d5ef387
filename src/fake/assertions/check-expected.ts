import { inMessage } from "../../domain/in-message.ts";
import {
  checkOptions,
  isPlainObject,
  type OptionKind,
  type OptionTable,
} from "../../domain/options.ts";
import type { Constraint, Members } from "../calls/constraint.ts";
import { SEND_COMMAND_MEMBERS as REQUEST } from "../ssm/commands/send-command-members.ts";
import { type ExpectedSend, SENT_WORDS } from "./expected-send.ts";
import { isMatcher, memberOf, regExpIn, shownValue } from "./expected-value.ts";

/** How options are checked that stand for values of a request. What is "any" here is looked at more closely. */
const KINDS = {
  string: "a string",
  integer: "a number",
  long: "a number",
  boolean: "a boolean",
  list: "a list",
  map: "any",
  structure: "any",
} as const satisfies Record<Constraint["type"], OptionKind>;

const STRING = { type: "string" } as const satisfies Constraint;
const AN_ID = "Write the id of a node, such as node.instanceId";

/**
 * Refuses what no command could ever have, so that it is not mistaken for one that was not sent.
 *
 * @param words - What the assertion can expect, beside members of the request.
 */
export function checkExpected(
  expected: ExpectedSend,
  place: string,
  words: OptionTable<object> = SENT_WORDS,
): void {
  checkWhole(expected, place, words);
  const regExp = regExpIn(expected);
  if (regExp !== undefined) {
    throw new TypeError(
      `${place} was given ${regExp}, which no value of a request is. Write a matcher: expect.stringMatching(${regExp}), or { asymmetricMatch: (value) => ${regExp}.test(value) }.`,
    );
  }
  checkOptions(withoutMatchers(expected), { ...words, ...kindsOf(REQUEST) }, place);
  const { times, targets } = expected;
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw new RangeError(
      `times of ${place} is ${inMessage(times)}. Write a whole number, 0 or more.`,
    );
  }
  checkWithin(expected, REQUEST, place);
  checkItems(targets, {
    of: [REQUEST.InstanceIds.of, REQUEST.Targets.of],
    place: `targets of ${place}`,
    advice: `${AN_ID}, or a target: { Key: "tag:Role", Values: ["web"] }.`,
  });
  checkParameters(expected.parameters, place);
  checkParameters(expected.Parameters, place);
}

/** Refuses what is no object of expectations at all, or one of another assertion. */
function checkWhole(given: unknown, place: string, words: OptionTable<object>): void {
  if (typeof given === "function") {
    throw new TypeError(
      `${place} was given ${inMessage(given)}. It is about SendCommand alone: give it what the command has, such as { document: "AWS-RunShellScript" }.`,
    );
  }
  if (!isPlainObject(given) || isMatcher(given)) {
    throw new TypeError(
      `${place} was given ${isMatcher(given) ? shownValue(given) : inMessage(given)}. Give it an object: { ${Object.keys(words).join(", ")} }, or members of the request such as MaxErrors. Matchers may stand in it.`,
    );
  }
  const name = ["commandId", "on"].find((each) => Object.hasOwn(given, each));
  if (name !== undefined) {
    throw new TypeError(
      `${place} has no option "${name}". It looks among all commands that were sent; toHaveReached() and toHaveSucceeded() look at one.`,
    );
  }
}

/** The same with matchers taken out, which stand for values of any type; their names stay, to be checked. */
function withoutMatchers(given: unknown): unknown {
  if (isMatcher(given)) return undefined;
  if (!isPlainObject(given)) return given;
  const members = Object.entries(given).map(([name, value]) => [
    name,
    isMatcher(value) ? undefined : value,
  ]);
  return Object.fromEntries(members);
}

function checkParameters(parameters: ExpectedSend["parameters"], place: string): void {
  const given: unknown = parameters;
  if (given === undefined || isMatcher(given)) return;
  if (!isPlainObject(given)) {
    throw new TypeError(
      `The parameters of ${place} are ${inMessage(given)}. Write an object, as SendCommand takes it: { commands: ["uptime"] }.`,
    );
  }
  for (const [name, value] of Object.entries(given)) {
    const parameter = `${JSON.stringify(name)} of the parameters of ${place}`;
    checkItems(value, { of: [STRING], place: parameter, advice: "Write a string." });
    if (value === undefined || Array.isArray(value) || isMatcher(value)) continue;
    throw new TypeError(
      `${parameter} is ${inMessage(value)}. Write a list of strings, as SendCommand takes it: [${inMessage(value)}].`,
    );
  }
}

/** Refuses what the lists and the structures among these members cannot have in them. */
function checkWithin(given: object, members: Members, place: string): void {
  for (const [name, constraint] of Object.entries(members)) {
    const value = memberOf(given, name);
    const within = `${name} of ${place}`;
    if (constraint.type === "structure") checkStructure(value, constraint.members, within);
    if (constraint.type !== "list") continue;
    const advice = name === "InstanceIds" ? `${AN_ID}.` : adviceFor(constraint.of);
    checkItems(value, { of: [constraint.of], place: within, advice });
  }
}

function checkStructure(given: unknown, members: Members, place: string): void {
  if (given === undefined || isMatcher(given)) return;
  checkOptions(withoutMatchers(given), kindsOf(members), place);
  checkWithin(Object(given), members, place);
}

/** Refuses a list with an item of none of these kinds. */
function checkItems(
  list: unknown,
  {
    of,
    place,
    advice,
  }: { readonly of: readonly Constraint[]; readonly place: string; readonly advice: string },
): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    const kind = isMatcher(item) ? undefined : of.find((each) => mayBe(item, each));
    if (kind?.type === "structure") checkStructure(item, kind.members, `an item of ${place}`);
    if (kind !== undefined || isMatcher(item)) continue;
    throw new TypeError(`An item of ${place} is ${inMessage(item)}. ${advice}`);
  }
}

function mayBe(item: unknown, { type }: Constraint): boolean {
  return type === "structure" ? isPlainObject(item) : typeof item === "string";
}

function adviceFor(constraint: Constraint): string {
  if (constraint.type !== "structure") return "Write a string.";
  return `Write an object: { ${Object.keys(constraint.members).join(", ")} }.`;
}

function kindsOf(members: Members): OptionTable<object> {
  return Object.fromEntries(Object.entries(members).map(([name, { type }]) => [name, KINDS[type]]));
}
