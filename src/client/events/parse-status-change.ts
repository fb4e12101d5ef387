import { inMessage } from "../../domain/in-message.ts";
import { entryOf, isTerminalCommandStatus, wordOf } from "../../domain/status.ts";
import { member } from "../member.ts";
import { COMMAND_KINDS, INVOCATION_KINDS } from "../outcomes/outcome.ts";

/**
 * A status that changed, of a command or of one of its invocations, as EventBridge and SNS tell it. `scope` says which, and
 * narrows: only an invocation has an `instanceId`.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const changes: StatusChange[] = fake.notifications.events().map(parseStatusChange);
 * changes.map(({ scope, status, ended }) => `${scope} ${status} ${ended}`);
 * //=> ["command InProgress false", "invocation InProgress false", "invocation Success true", "command Success true"]
 * ```
 */
export type StatusChange = {
  /** The id of the command. */
  readonly commandId: string;
  /** The new `Status`, without spaces: `"InProgress"`, `"TimedOut"`. */
  readonly status: string;
  /** The new `StatusDetails`, without spaces, where they are told: today in SNS messages about invocations only. */
  readonly statusDetails?: string;
  /** Whether it will not change any more; false for a status that this version does not know. */
  readonly ended: boolean;
  /** When the status changed: `eventTime` of an SNS message, `time` of an EventBridge event, which has whole seconds. */
  readonly at: Date;
  /** What it was read from: the EventBridge event, or the parsed SNS message. An event has the parameters of its command. */
  readonly raw: unknown;
} & (
  | {
      /** The command as a whole. */
      readonly scope: "command";
      /** A command has none. */
      readonly instanceId?: undefined;
    }
  | {
      /** The command on one node. */
      readonly scope: "invocation";
      /** The id of the node. */
      readonly instanceId: string;
    }
);

/**
 * Where something stands in an event: names of members and indexes, through strings of JSON, too.
 *
 * @inline
 */
export type Path = readonly (string | number)[];

/**
 * What is wrong with an event.
 *
 * @inline
 */
export type StatusChangeIssue = {
  /** The sentence of the error. */
  readonly message: string;
  /** Where it is wrong; empty for the event as a whole. */
  readonly path?: Path | undefined;
};

/**
 * A function that reads a status change, and a Standard Schema of version 1 (https://standardschema.dev).
 *
 * @inline
 */
export type StatusChangeParser = {
  /** @throws TypeError for anything else than one status change. */
  (event: unknown): StatusChange;
  /** For libraries that take a Standard Schema. */
  readonly "~standard": {
    /** The version of the standard. */
    readonly version: 1;
    /** Always `"ssm-run-command"`. */
    readonly vendor: "ssm-run-command";
    /** The change as `value`, or what is wrong with the event, and where, as `issues`. */
    readonly validate: (value: unknown) =>
      | {
          /** The change. */
          readonly value: StatusChange;
          /** Missing: nothing is wrong. */
          readonly issues?: undefined;
        }
      | {
          /** What is wrong. */
          readonly issues: readonly StatusChangeIssue[];
        };
    /** For the compiler; missing at run time. */
    readonly types?:
      | {
          /** It takes anything. */
          readonly input: unknown;
          /** And makes a change of it. */
          readonly output: StatusChange;
        }
      | undefined;
  };
};

/**
 * Reads an event that tells of one status change, as Lambda functions, queues and webhooks get it:
 *
 * - an EventBridge event, "EC2 Command Status-change Notification" or "EC2 Command Invocation Status-change Notification";
 * - an SNS message about a command or an invocation, and what it comes in: the `Records` of Lambda, or one of them; SNS's
 *   own envelope, as HTTP subscribers and queues get it; the `Records` of SQS, or one of them, with raw message delivery, too;
 *   what ReceiveMessage of SQS returned, or one of its `Messages`.
 *
 * Each is taken as a string of JSON or parsed. It is also a Standard Schema, for Powertools, middy and whatever else takes one.
 *
 * Sources of the shapes: [guide-event-examples], [guide-sns-examples], [rec-2026-10-01-notifications].
 *
 * @param event - What the function was called with; not the `detail` of an event alone, which has no time.
 * @throws TypeError for anything else, with the path of what is wrong, and for several records: {@link parseStatusChanges}
 *   reads those. The message shows no parameters.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const handler = async (event: unknown) => {
 *   const { scope, commandId, ended } = parseStatusChange(event);
 *   return scope === "command" && ended ? (await runCommand.look(commandId)).kind : "not yet";
 * };
 * const last = fake.notifications.events().at(-1);
 * await handler(last); //=> "succeeded"
 * ```
 */
export const parseStatusChange: StatusChangeParser = /* @__PURE__ */ parser();

/** A bundler drops what nobody uses, and renames functions, but not members. */
function parser(): StatusChangeParser {
  const { parseStatusChange } = { parseStatusChange: (event: unknown) => onlyChange(event) };
  return Object.assign(parseStatusChange, {
    "~standard": {
      version: 1,
      vendor: "ssm-run-command",
      validate(value: unknown) {
        try {
          return { value: onlyChange(value) };
        } catch (error) {
          const path = member(error, "path") as Path | undefined; // `unreadable` puts it there
          return { issues: [{ message: String(member(error, "message")), path }] };
        }
      },
    },
  } as const);
}

/**
 * Reads every status change that an event tells of, in its order: one per record of SQS or SNS, none for empty `Records`, one
 * for what {@link parseStatusChange} takes; lists of all these, too.
 *
 * One record that cannot be read is an error for all. Where the others matter, read each with {@link parseStatusChange}.
 *
 * @param event - What the function was called with.
 * @throws TypeError for anything else, with the path of what is wrong, such as `Records[1].body.Message`.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const Records = fake.notifications.events().map((event) => ({ body: JSON.stringify(event) })); // of a queue
 * parseStatusChanges({ Records }).length; //=> 4
 * ```
 */
export function parseStatusChanges(event: unknown): readonly StatusChange[] {
  return changesIn(event, []);
}

function onlyChange(event: unknown): StatusChange {
  const changes = changesIn(event, []);
  const [change] = changes;
  if (change && changes.length < 2) return change;
  throw unreadable([], `${changes.length} records`, "one: parseStatusChanges() reads several");
}

const EXPECTED = "an event or message of Run Command";
const COMMAND_EVENT = "EC2 Command Status-change Notification";
const INVOCATION_EVENT = "EC2 Command Invocation Status-change Notification";

/** What services wrap an event in, from the outside in: a batch, a record or message of SNS or SQS, the envelope of SNS. */
const WRAPPERS = ["Records", "Messages", "Sns", "body", "Body", "Message"];

function changesIn(event: unknown, path: Path): readonly StatusChange[] {
  // Far more than services wrap around one another, and far less than the stack holds. Our decision.
  if (path.length > 20) throw unreadable(path, "too deep", EXPECTED);
  if (typeof event === "string") return changesIn(parsed(event, path), path);
  if (Array.isArray(event)) return event.flatMap((each, at) => changesIn(each, [...path, at]));

  const isThere = (name: string) => member(event, name) !== undefined;
  /** A member, or a member of a member, that has to be a string and fit. */
  const text = (
    inner: readonly string[],
    isFit: (value: string) => boolean = Boolean,
    expected = "a string",
  ): string => {
    const value = member(event, ...inner);
    if (typeof value === "string" && isFit(value)) return value;
    throw unreadable([...path, ...inner], inMessage(value), expected);
  };

  const wrapper = WRAPPERS.find(isThere);
  if (wrapper) {
    // SNS asks a new subscriber for consent in the same envelope. One that was written by hand may have no type.
    if (isThere("Type")) text(["Type"], (type) => type === "Notification", "Notification");
    return changesIn(member(event, wrapper), [...path, wrapper]);
  }

  const isOfBus = isThere("detail-type") || isThere("detail");
  if (!isOfBus && !isThere("commandId") && !isThere("eventTime")) {
    throw unreadable(path, inMessage(event), EXPECTED);
  }
  /** A text that events of EventBridge have in their `detail`, and SNS messages under another name. */
  const told = (inDetail: string, name: string) => text(isOfBus ? ["detail", inDetail] : [name]);
  const types = [COMMAND_EVENT, INVOCATION_EVENT];
  const isOfNode = isOfBus
    ? text(["detail-type"], (type) => types.includes(type), types.join(" or ")) !== COMMAND_EVENT
    : isThere("instanceId");
  const status = wordOf(told("status", "status"));
  return [
    {
      ...(isOfNode
        ? { scope: "invocation", instanceId: told("instance-id", "instanceId") }
        : { scope: "command" }),
      commandId: told("command-id", "commandId"),
      status,
      ...(isThere("detailedStatus") && { statusDetails: wordOf(text(["detailedStatus"])) }),
      // No word is an end of the one and not of the other.
      ended:
        (entryOf(COMMAND_KINDS, status) ?? entryOf(INVOCATION_KINDS, status)) !== undefined ||
        isTerminalCommandStatus(status),
      at: new Date(text([isOfBus ? "time" : "eventTime"], isDate, "a date with Z")),
      raw: event,
    },
  ];
}

/** Whether it is a date in UTC, as both are: without its zone, it would be read as local time. */
function isDate(value: string): boolean {
  return /^\d{4}-.*Z$/.test(value) && Date.parse(value) > 0;
}

function parsed(text: string, path: Path): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Neither the text nor the error that quotes it, which may have parameters.
    throw unreadable(path, "no JSON", "JSON");
  }
}

function unreadable(path: Path, found: string, expected: string): TypeError {
  const place = path.map((each) =>
    /^[a-z]+$/i.test(String(each)) ? `.${each}` : `[${JSON.stringify(each)}]`,
  );
  const message = `event${place.join("")} is ${found}. Expected ${expected}.`;
  return Object.assign(new TypeError(message), { path });
}
