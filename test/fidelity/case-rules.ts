import { msOf } from "./case-time.ts";
import { isObject, type JsonObject } from "./json.ts";
import { problemsOfPattern } from "./match.ts";
import { SETTINGS } from "./settings.ts";
import {
  anything,
  type Check,
  count,
  duration,
  integer,
  listOf,
  object,
  one,
  oneOf,
  recordOf,
  shape,
  text,
  truth,
} from "./shape.ts";
import { checkStep, isAssertion } from "./step-rules.ts";

/**
 * What is wrong with a case. The format is closed: every key that it does not name is a problem, and so is a case that
 * asserts nothing, and time that goes back.
 */
export const problemsOfCase: Check = (value, path) => {
  const problems = checkKeys(value, path);
  // The steps are what they seem to be once their keys are right.
  if (problems.length > 0 || !isObject(value)) return problems;
  const steps = value["steps"] as readonly (JsonObject & { readonly at: string })[];
  return [
    ...(steps.some(isAssertion) ? [] : [`${path} asserts nothing.`]),
    ...steps.flatMap(({ at }, index) => {
      const before = steps[index - 1]?.at ?? "0s";
      return msOf(at) < msOf(before)
        ? [`${path}.steps.${index}.at goes back in time: ${at} after ${before}.`]
        : [];
    }),
  ];
};

const checkOutput: Check = (value, path) =>
  (Array.isArray(value) ? listOf(shape({ after: duration, text })) : text)(value, path);

const checkRun = shape(
  {},
  {
    takes: duration,
    exitCode: integer,
    stdout: checkOutput,
    stderr: checkOutput,
    hangs: truth,
    killedBySignal: text,
    killTakes: duration,
    rebootTakes: duration,
    neverReplies: truth,
  },
);

const checkRuns: Check = (value, path) => {
  if (isObject(value) && "byPlugin" in value) {
    return shape({ byPlugin: recordOf(checkRuns) })(value, path);
  }
  if (isObject(value) && "inTurn" in value) return shape({ inTurn: listOf(checkRun) })(value, path);
  return checkRun(value, path);
};

/** The ways in which an agent can be reached; a change of a node takes the same. */
export const checkAgent: Check = (value, path) =>
  isObject(value)
    ? shape({ unreachableUntil: duration })(value, path)
    : oneOf("online", "unreachable", "undeliverable")(value, path);

const checkNode = shape(
  {
    instanceId: one(
      (value) => typeof value === "string" && /^m?i-[0-9a-f]{17}$/.test(value),
      '"i-" and 17 hex digits',
    ),
  },
  {
    count,
    platform: oneOf("Linux", "Windows", "MacOS"),
    tags: recordOf(text),
    name: text,
    agent: checkAgent,
    state: oneOf("running", "stopped"),
    access: oneOf("denied"),
    resourceGroups: listOf(text),
    runs: checkRuns,
  },
);

const checkAccount = shape(
  {},
  {
    alarms: recordOf(oneOf("OK", "ALARM")),
    resourceGroups: listOf(text),
    denied: listOf(oneOf("resource-groups:ListGroupResources", "logs:CreateLogGroup")),
    logGroups: listOf(text),
  },
);

const checkKeys = shape(
  {
    id: one(
      (value) => typeof value === "string" && /^[A-Z]\d\d$/.test(value),
      "a letter and two digits",
    ),
    title: text,
    rule: one((value) => typeof value === "string" && /^[a-z]$/.test(value), "a letter"),
    confidence: oneOf("recorded", "documented", "read from agent", "inferred", "unknown"),
    source: listOf(text),
    steps: listOf(checkStep),
  },
  {
    recordedOn: text,
    note: text,
    settings: shape({}, SETTINGS),
    nodes: listOf(checkNode),
    documents: listOf(shape({ name: text, content: object(anything) })),
    account: checkAccount,
  },
);
