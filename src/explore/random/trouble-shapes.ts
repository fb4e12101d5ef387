import type { FaultWhen } from "../../fake/calls/fault-when.ts";
import type { Happening, WorldFault } from "../world.ts";
import {
  constant,
  integer,
  mapped,
  maybe,
  oneOf,
  oneOfValues,
  pair,
  record,
  type Shape,
} from "./shape.ts";
import { delays, seconds, someSeconds } from "./time-shapes.ts";

type Operation = WorldFault["operation"];

/** A call that goes wrong, as calls of every service may. */
export function faultShape(): Shape<WorldFault> {
  return oneOf<WorldFault>(
    [3, fault("throttle", moments())],
    [2, fault("internalError", moments())],
    [2, fault("resetConnection", moments())],
    [2, fault("slow", slowMoments())],
    [2, fault("loseAnswer", lostMoments())],
    [1, fault("breakBody", moments())],
    [2, fault("limitRate", rates())],
    // All operations have the same token.
    [1, fault("expireToken", laterWindows(), constant("*"))],
    [1, fault("denyAccess", laterWindows())],
    [1, fault("denyAccess", constant({ every: 1 }), oneOperation())],
  );
}

/** A fault of one type. */
function fault<Type extends WorldFault["type"], When>(
  type: Type,
  when: Shape<When>,
  operation: Shape<Operation> = operations(),
) {
  return mapped(pair(operation, when), ([operation, when]) => ({ type, operation, when }));
}

function operations(): Shape<Operation> {
  return oneOf<Operation>([6, oneOperation()], [2, constant("*")]);
}

function oneOperation(): Shape<Operation> {
  return oneOf<Operation>(
    [2, constant("SendCommand")],
    [3, constant("ListCommands")],
    [3, constant("ListCommandInvocations")],
    [3, constant("GetCommandInvocation")],
    [1, oneOfValues("GetLogEvents", "FilterLogEvents")],
  );
}

/** Which calls are struck: not so many that retries are of no use, but for those in a window of time. */
function moments(): Shape<FaultWhen> {
  return oneOf<FaultWhen>(
    [4, inWindows(record({ times: integer(1, 9) }))],
    [3, inWindows(record({ every: integer(2, 6) }))],
    [2, inWindows(record({ probability: mapped(integer(1, 50), (count) => count / 100) }))],
    [3, windows()],
  );
}

/** The same, half of them in a window of time. */
function inWindows<Which extends object>(which: Shape<Which>) {
  return mapped(pair(which, maybe(50, windows())), ([which, window]) => ({ ...which, ...window }));
}

/** Some time that ends. */
function windows() {
  return mapped(pair(maybe(60, someSeconds(1)), someSeconds(1)), ([from, length]) =>
    from === undefined
      ? { until: seconds(length) }
      : { from: seconds(from), until: seconds(from + length) },
  );
}

/** From some time on, when a command may run, and mostly for good. */
function laterWindows() {
  return mapped(pair(someSeconds(5), maybe(30, someSeconds(1))), ([from, length]) => ({
    from: seconds(from),
    ...(length === undefined ? {} : { until: seconds(from + length) }),
  }));
}

function slowMoments() {
  const which = oneOf<FaultWhen>([1, moments()], [1, constant({ every: 1 })]);
  return mapped(pair(which, delays(30)), ([when, by]) => ({ ...when, by }));
}

function lostMoments() {
  return mapped(pair(moments(), oneOfValues("reset", "timeout")), ([when, as]) => ({
    ...when,
    ...(as === "reset" ? {} : { as }),
  }));
}

function rates() {
  return inWindows(record({ perSecond: mapped(integer(1, 10), (halves) => halves / 2) }));
}

/** Something that happens meanwhile; a node that goes away may come back, which is two things. */
export function happeningShape(nodes: number): Shape<readonly Happening[]> {
  const node = integer(0, Math.max(0, nodes - 1));
  const ofNode = (...types: readonly (Happening & { node: number })["type"][]) =>
    mapped(pair(oneOfValues(...types), pair(someSeconds(1), node)), ([type, [after, node]]) => [
      { type, node, after: seconds(after) },
    ]);
  const ofAll = (type: "anotherCancels" | "alarmGoesOff" | "alarmIsUnknown") =>
    mapped(someSeconds(1), (after) => [{ type, after: seconds(after) }]);
  return oneOf<readonly Happening[]>(
    [2, ofNode("comesBack", "goesOffline")],
    [
      3,
      mapped(pair(node, pair(someSeconds(1), someSeconds(1))), ([node, [after, later]]) => [
        { type: "goesOffline", node, after: seconds(after) },
        { type: "comesBack", node, after: seconds(after + later) },
      ]),
    ],
    [4, ofNode("isUndeliverable", "isRemoved", "isReplaced")],
    [2, ofAll("anotherCancels")],
    [2, ofAll("alarmGoesOff")],
    [1, ofAll("alarmIsUnknown")],
  );
}
