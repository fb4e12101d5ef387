import { msOf } from "./case-time.ts";
import { checkNode } from "./node-rules.ts";
import { SETTINGS } from "./settings.ts";
import {
  anything,
  type Check,
  listOf,
  matching,
  object,
  oneOf,
  recordOf,
  shape,
  text,
} from "./shape.ts";
import { checkStep, isAssertion, type KnownStep } from "./step-rules.ts";

/**
 * What is wrong with a case. The format is closed: every key that it does not name is a problem. A case that asserts
 * nothing and a time that goes back are problems, too.
 */
export const checkCase: Check = (value, path) => {
  const problems = checkKeys(value, path);
  if (problems.length > 0) return problems;
  // The keys are right, and so are the steps.
  const { steps } = value as { readonly steps: readonly KnownStep[] };
  return [
    ...(steps.some(isAssertion) ? [] : [`${path} asserts nothing.`]),
    ...steps.flatMap(({ at }, index) => {
      const before = steps[index - 1]?.at ?? at;
      if (msOf(at) >= msOf(before)) return [];
      return [`${path}.steps.${index}.at goes back in time, from ${before} to ${at}.`];
    }),
  ];
};

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
    id: matching(/^[A-Z]\d\d$/, "a letter and two digits"),
    title: text,
    rule: matching(/^[a-z]$/, "a letter"),
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
