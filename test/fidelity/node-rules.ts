import { isObject } from "./json.ts";
import {
  type Check,
  count,
  duration,
  filledListOf,
  integer,
  listOf,
  matching,
  oneOf,
  recordOf,
  shape,
  text,
  truth,
} from "./shape.ts";

/** The ways in which an agent can be reached; a node begins with one, and may change to another. */
export const checkAgent: Check = (value, path) =>
  isObject(value)
    ? shape({ unreachableUntil: duration })(value, path)
    : oneOf("online", "unreachable", "undeliverable")(value, path);

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
  if (isObject(value) && "inTurn" in value) {
    return shape({ inTurn: filledListOf(checkRun) })(value, path);
  }
  return checkRun(value, path);
};

/** A node of a case. */
export const checkNode: Check = shape(
  { instanceId: matching(/^m?i-[0-9a-f]{17}$/, '"i-" and 17 hex digits') },
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
