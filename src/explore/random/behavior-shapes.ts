import { fails, hangs, inOrder, killed, reboots, succeeds } from "../../fake/agents/behavior.ts";
import type { AgentBehavior, PluginResult } from "../../fake/index.ts";
import {
  constant,
  integer,
  listOf,
  mapped,
  maybe,
  oneOf,
  oneOfValues,
  record,
  type Shape,
} from "./shape.ts";
import { delays, times } from "./time-shapes.ts";

/** What one process on a node does, or several, one after the other. */
export function behaviorShape(): Shape<AgentBehavior> {
  const result = results();
  return oneOf<AgentBehavior>(
    [15, result],
    [1, mapped(listOf(result, { min: 1, max: 3 }), (runs) => inOrder(...runs))],
  );
}

/** Success after some time: what most nodes do. */
export function successes(): Shape<PluginResult> {
  return mapped(record(timedProcess()), succeeds);
}

function results(): Shape<PluginResult> {
  const ends = processes();
  return oneOf(
    [9, successes()],
    [10, ends],
    [
      1,
      mapped(
        record({
          ...timedProcess(),
          takes: maybe(50, times()),
          // Without it the behavior is asked again, and asks for reboots until the agent gives up.
          then: oneOf<PluginResult | undefined>(
            [1, constant(undefined)],
            [4, successes()],
            [2, ends],
          ),
        }),
        reboots,
      ),
    ],
  );
}

/** All ends of a process but success and a reboot. */
function processes(): Shape<PluginResult> {
  return oneOf<PluginResult>(
    [4, mapped(record({ ...timedProcess(), exitCode: exitCodes() }), fails)],
    [1, mapped(record(output()), hangs)],
    [1, mapped(record({ ...timedProcess(), signal: signals() }), killed)],
    [1, unstarted()],
    [1, constant({ type: "neverReplies" })],
  );
}

function timedProcess() {
  return { after: maybe(80, times()), ...output() };
}

function output() {
  return {
    stdout: maybe(50, texts()),
    stderr: maybe(25, texts()),
    writes: maybe(12, listOf(laterTexts(), { min: 1, max: 3 })),
    killTakes: maybe(10, delays(120)),
  };
}

function laterTexts() {
  return record({
    at: times(),
    stdout: maybe(75, texts()),
    stderr: maybe(25, texts()),
  });
}

/** What a process writes: a line or some, or about as much as one of the limits of output lets through. */
function texts(): Shape<string> {
  return oneOf(
    [12, oneOfValues("done\n", "one\ntwo\nthree\n", "no end of line")],
    [
      1,
      mapped(
        record({
          unit: oneOfValues("x", "line\n", "é"),
          limit: oneOfValues(2_500, 8_000, 24_000, 48_000),
          beyond: integer(0, 2),
        }),
        ({ unit, limit, beyond }) =>
          unit.repeat(Math.ceil((limit + beyond) / unit.length)).slice(0, limit + beyond),
      ),
    ],
  );
}

/** Any but 0. Some have a meaning of their own: a time-out, the two ends of a document, a reboot. */
function exitCodes(): Shape<number> {
  return oneOf([2, constant(1)], [3, integer(1, 255)], [1, oneOfValues(137, 168, 169, 194, 255)]);
}

function signals(): Shape<string | undefined> {
  return oneOfValues(undefined, "terminated", "segmentation fault");
}

function unstarted(): Shape<PluginResult> {
  return mapped(
    record({
      reason: oneOfValues(
        "fork/exec /usr/bin/pwsh: no such file or directory",
        "fork/exec /bin/sh: permission denied",
      ),
      at: oneOfValues(undefined, "start", "preparation"),
    }),
    (members): PluginResult => ({ type: "notStarted", ...members }),
  );
}
