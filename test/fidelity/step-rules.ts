import { isObject, type JsonObject } from "./json.ts";
import { problemsOfPattern } from "./match.ts";
import { checkAgent } from "./node-rules.ts";
import {
  anything,
  type Check,
  duration,
  filledListOf,
  integer,
  listOf,
  matching,
  object,
  oneOf,
  recordOf,
  shape,
  text,
} from "./shape.ts";

/** A step whose keys are known to be right. */
export type KnownStep = JsonObject & { readonly at: string };

/** What is wrong with a step. It is exactly one of a call, a list, a change and a read. */
export const checkStep: Check = object((step, path) => {
  const kinds = Object.keys(KINDS).filter((kind) => Object.hasOwn(step, kind));
  const check = KINDS[kinds[0] ?? ""];
  if (check !== undefined && kinds.length === 1) return check(step, path);
  return [
    `${path} has to be exactly one of ${Object.keys(KINDS).join(", ")}; its keys are ${Object.keys(step).join(", ")}.`,
  ];
});

/**
 * Whether a step can fail. A pattern that every answer matches only says that the call is not refused, which every call
 * says.
 */
export function isAssertion(step: KnownStep): boolean {
  if ("change" in step) return false;
  const isEmpty = isObject(step["answer"]) && Object.keys(step["answer"]).length === 0;
  return !isEmpty || "absent" in step;
}

const pattern: Check = problemsOfPattern;
const input = object(anything);

const checkCall: Check = (step, path) => [
  ...shape(
    {
      at: duration,
      call: oneOf(
        "SendCommand",
        "CancelCommand",
        "GetCommandInvocation",
        "ListCommands",
        "ListCommandInvocations",
      ),
      input,
    },
    {
      save: matching(/^(?!nodes$)\w+$/, "a name other than nodes"),
      answer: pattern,
      refused: shape({ name: pattern }, { message: pattern }),
      absent: filledListOf(text),
    },
  )(step, path),
  ...exactlyOne(step, ["answer", "refused"], path),
];

const checkList: Check = (step, path) => [
  ...shape(
    { at: duration, list: oneOf("ListCommands", "ListCommandInvocations"), input },
    { items: pattern, groups: recordOf(checkGroup) },
  )(step, path),
  ...exactlyOne(step, ["items", "groups"], path),
];

const checkGroup: Check = object((group, path) => [
  ...(Object.hasOwn(group, "count") ? [] : [`${path} lacks the key "count".`]),
  ...Object.entries(group).flatMap(([key, value]) =>
    (key === "count" ? integer : pattern)(value, `${path}.${key}`),
  ),
]);

const checkChange = shape({
  at: duration,
  change: object((change, path) => {
    if ("alarm" in change) {
      return shape({ alarm: shape({ name: text, state: oneOf("OK", "ALARM", "missing") }) })(
        change,
        path,
      );
    }
    const values = { agent: checkAgent, tags: recordOf(text), state: oneOf("running", "stopped") };
    const isIdle = !Object.keys(values).some((key) => Object.hasOwn(change, key));
    return [
      ...shape({ node: text }, values)(change, path),
      ...(isIdle ? [`${path} changes nothing.`] : []),
    ];
  }),
});

const READS: Readonly<Record<string, Check>> = {
  logs: (step, path) => [
    ...shape(
      { at: duration, read: text, group: text },
      { streams: listOf(shape({ name: pattern, text: pattern })), exists: oneOf(false) },
    )(step, path),
    ...exactlyOne(step, ["streams", "exists"], path),
  ],
  objects: shape({
    at: duration,
    read: text,
    bucket: text,
    objects: listOf(shape({ key: pattern }, { size: pattern })),
  }),
  notifications: shape({
    at: duration,
    read: text,
    topic: text,
    messages: listOf(shape({}, { subject: pattern, body: pattern })),
  }),
  rollout: (step, path) => [
    ...shape(
      { at: duration, read: text, command: text },
      { order: pattern, inFlight: pattern, maxInFlight: pattern },
    )(step, path),
    ...(isObject(step) && Object.keys(step).length === 3 ? [`${path} asserts nothing.`] : []),
  ],
};

const checkRead: Check = object((step, path) => {
  const kind = String(step["read"]);
  const check = Object.hasOwn(READS, kind) ? READS[kind] : undefined;
  return check?.(step, path) ?? oneOf(...Object.keys(READS))(step["read"], `${path}.read`);
});

const KINDS: Readonly<Record<string, Check>> = {
  call: checkCall,
  list: checkList,
  change: checkChange,
  read: checkRead,
};

function exactlyOne(step: unknown, keys: readonly string[], path: string): readonly string[] {
  const held = keys.filter((key) => isObject(step) && Object.hasOwn(step, key));
  return held.length === 1 ? [] : [`${path} has to have exactly one of ${keys.join(" and ")}.`];
}
