import type {
  Alarm,
  AlarmConfiguration,
  CloudWatchOutputConfig,
  NotificationConfig,
  Target,
} from "@aws-sdk/client-ssm";
import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { type ExpectedSend, SENT_OPTIONS, SENT_WORDS } from "./expected-send.ts";
import { isMatcher, isPlainObject, memberOf, regExpIn, shownValue } from "./expected-value.ts";

const ALARM = { Name: "string" } as const satisfies OptionTable<Alarm>;
const TARGET = { Key: "string", Values: "list" } as const satisfies OptionTable<Target>;

/** The members of a request that are objects, as [api-ssm-model] has them. */
const STRUCTURES = {
  AlarmConfiguration: {
    Alarms: "list",
    IgnorePollAlarmFailure: "boolean",
  } satisfies OptionTable<AlarmConfiguration>,
  CloudWatchOutputConfig: {
    CloudWatchLogGroupName: "string",
    CloudWatchOutputEnabled: "boolean",
  } satisfies OptionTable<CloudWatchOutputConfig>,
  NotificationConfig: {
    NotificationArn: "string",
    NotificationEvents: "list",
    NotificationType: "string",
  } satisfies OptionTable<NotificationConfig>,
} as const;

/** Refuses what no command could ever have, so that it is not mistaken for one that was not sent. */
export function checkExpected(expected: ExpectedSend, place: string): void {
  checkWhole(expected, place);
  const regExp = regExpIn(expected);
  if (regExp !== undefined) {
    throw new TypeError(
      `${place} was given ${regExp}, which no value of a request is. Write a matcher: expect.stringMatching(${regExp}), or { asymmetricMatch: (value) => ${regExp}.test(value) }.`,
    );
  }
  checkOptions(withoutMatchers(expected), SENT_OPTIONS, place);
  const { times } = expected;
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw new RangeError(
      `times of ${place} is ${inMessage(times)}. Write a whole number, 0 or more.`,
    );
  }
  for (const [name, table] of Object.entries(STRUCTURES)) {
    checkOptions(withoutMatchers(Reflect.get(expected, name)), table, `${name} of ${place}`);
  }
  const { NotificationConfig: notified, AlarmConfiguration: watched } = expected;
  checkStrings(memberOf(Object(notified), "NotificationEvents"), `NotificationEvents of ${place}`);
  checkItems(memberOf(Object(watched), "Alarms"), {
    place: `Alarms of ${place}`,
    isItem: isPlainObject,
    table: ALARM,
    advice: 'Write the name of an alarm: { Name: "errors" }.',
  });
  checkTargets(expected, place);
  checkParameters(expected.parameters, place);
  checkParameters(expected.Parameters, place);
}

/** Refuses what is no object of expectations at all, or one of another assertion. */
function checkWhole(given: unknown, place: string): void {
  if (typeof given === "function") {
    throw new TypeError(
      `${place} was given ${inMessage(given)}. It is about SendCommand alone: give it what the command has, such as { document: "AWS-RunShellScript" }.`,
    );
  }
  if (!isPlainObject(given) || isMatcher(given)) {
    throw new TypeError(
      `${place} was given ${isMatcher(given) ? shownValue(given) : inMessage(given)}. Give it an object: { ${Object.keys(SENT_WORDS).join(", ")} }, or members of the request such as MaxErrors. Matchers may stand in it.`,
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

function checkTargets({ targets, Targets, InstanceIds }: ExpectedSend, place: string): void {
  const id = "Write the id of a node, such as node.instanceId";
  const target = 'a target: { Key: "tag:Role", Values: ["web"] }';
  checkItems(targets, {
    place: `targets of ${place}`,
    isItem: (item) => typeof item === "string" || isPlainObject(item),
    table: TARGET,
    advice: `${id}, or ${target}.`,
  });
  checkItems(InstanceIds, {
    place: `InstanceIds of ${place}`,
    isItem: (item) => typeof item === "string",
    advice: `${id}.`,
  });
  checkItems(Targets, {
    place: `Targets of ${place}`,
    isItem: isPlainObject,
    table: TARGET,
    advice: `Write ${target}.`,
  });
  for (const item of [targets, Targets].filter(Array.isArray).flat()) {
    checkStrings(memberOf(Object(item), "Values"), `Values of a target of ${place}`);
  }
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
    if (Array.isArray(value)) checkStrings(value, parameter);
    if (value === undefined || Array.isArray(value) || isMatcher(value)) continue;
    throw new TypeError(
      `${parameter} is ${inMessage(value)}. Write a list of strings, as SendCommand takes it: [${inMessage(value)}].`,
    );
  }
}

function checkStrings(list: unknown, place: string): void {
  const isItem = (item: unknown) => typeof item === "string";
  checkItems(list, { place, isItem, advice: "Write a string." });
}

/** Refuses a list with an item that no such list can have. Matchers may stand for any. */
function checkItems(
  list: unknown,
  {
    place,
    isItem,
    table,
    advice,
  }: {
    readonly place: string;
    readonly isItem: (item: unknown) => boolean;
    /** What an item has that is an object. */
    readonly table?: OptionTable<object>;
    readonly advice: string;
  },
): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    if (isMatcher(item)) continue;
    if (!isItem(item)) {
      throw new TypeError(`An item of ${place} is ${inMessage(item)}. ${advice}`);
    }
    if (table !== undefined && isPlainObject(item)) {
      checkOptions(withoutMatchers(item), table, `an item of ${place}`);
    }
  }
}
