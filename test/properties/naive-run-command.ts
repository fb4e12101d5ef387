import type { DatedAct, SendAct, WalkSetup } from "../support/fleet-acts.ts";
import { isOpen, limitOf } from "./naive-roll-up.ts";
import type { NaiveCommand, NaiveInvocation, NaiveWorld } from "./naive-world.ts";

interface Moment {
  readonly world: NaiveWorld;
  readonly at: number;
}

/**
 * A second Run Command, deliberately naive: it keeps nothing, and at every look does everything over again, instant by
 * instant. It counts when it needs a number, and knows docs/rules.md by heart, not the fake.
 */
export function replay(
  acts: readonly DatedAct[],
  { nodes, lateness, now }: WalkSetup & { readonly now: number },
): NaiveWorld {
  const world: NaiveWorld = {
    nodes: nodes.map((n) => ({ ...n })),
    commands: [],
    lateness,
    alarm: "OK",
  };
  for (const act of acts) {
    for (const command of world.commands) live(command, { world, until: act.at });
    perform(act, world);
  }
  for (const command of world.commands) live(command, { world, until: now });
  return world;
}

function perform(act: DatedAct, world: NaiveWorld): void {
  const all = world.commands.flatMap(({ invocations }) => invocations);
  switch (act.type) {
    case "send":
      world.commands.push(newCommand(act, world));
      break;
    case "cancel": {
      const command = world.commands.find(({ commandId }) => commandId === act.commandId)!;
      if (act.instanceIds === undefined) command.wholeCancel ||= command.invocations.some(isOpen);
      for (const each of command.invocations.filter(isOpen)) {
        if (!(act.instanceIds ?? [each.instanceId]).includes(each.instanceId)) continue;
        // An invocation that the agent does not have ends at once [rules-cancel].
        if (each.detail === "Pending" || each.waitsSince !== undefined) each.detail = "Cancelled";
        else if (each.detail === "InProgress") {
          each.detail = "Cancelling";
          each.killAt = act.at + world.lateness.cancelLatency * 1_000;
        }
      }
      break;
    }
    case "change":
      Object.assign(world.nodes.find((n) => n.instanceId === act.instanceId)!, act.to);
      if (act.to.agent !== "online") break;
      for (const command of world.commands) {
        for (const each of command.invocations.filter((i) => i.instanceId === act.instanceId)) {
          if (isOpen(each) && each.waitsSince !== undefined)
            hand(each, { command, world, at: act.at });
        }
      }
      break;
    case "remove":
      world.nodes = world.nodes.filter((n) => n.instanceId !== act.instanceId);
      for (const each of all) {
        if (each.instanceId === act.instanceId && isOpen(each)) each.detail = "Undeliverable";
      }
      break;
    case "alarm":
      world.alarm = act.state;
  }
}

function newCommand(act: DatedAct & SendAct, world: NaiveWorld): NaiveCommand {
  const { chosen, at } = act;
  const nodes = world.nodes.filter(({ instanceId, role }) =>
    chosen.by === "ids" ? chosen.instanceIds.includes(instanceId) : chosen.roles.includes(role),
  );
  const invocations = nodes
    .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1))
    .map(({ instanceId, access, platform }): NaiveInvocation => {
      const unusable = platform === "Windows" ? "InvalidPlatform" : "Pending";
      const detail = access === "denied" ? "AccessDenied" : unusable;
      const nothing = { code: -1, waitsSince: undefined, process: undefined, killAt: Infinity };
      return { instanceId, detail, ...nothing };
    });
  return {
    ...act,
    expiresAt: at + (act.timeoutSeconds + act.executionTimeout) * 1_000,
    invocations,
    livedUntil: at,
    pollsAlarmAt: act.watchesAlarm ? at + 60_000 : Infinity,
    alarmed: "OK",
    wholeCancel: false,
  };
}

/** Lets time pass for a command, from one instant at which something may happen to the next. */
function live(command: NaiveCommand, { world, until }: { world: NaiveWorld; until: number }): void {
  for (let at = command.livedUntil; at <= until; ) {
    if (!command.invocations.some(isOpen)) return;
    settleWholly(command, { world, at });
    const instants = command.invocations.flatMap(({ waitsSince, process, killAt }) => [
      (waitsSince ?? Infinity) + 3_000,
      process?.endsAt ?? Infinity,
      killAt,
    ]);
    instants.push(command.pollsAlarmAt, command.expiresAt + world.lateness.expirySweepLag * 1_000);
    at = Math.min(...instants.filter((instant) => instant > at));
  }
  command.livedUntil = until;
}

/** Settles until nothing changes any more: a node that takes no time makes room for the next at the same instant. */
function settleWholly(command: NaiveCommand, now: Moment): void {
  for (let before = ""; before !== wordsOf(command); ) {
    before = wordsOf(command);
    settle(command, now);
  }
}

function wordsOf({ invocations }: NaiveCommand): string {
  return invocations.map(({ detail, process }) => `${detail}${process?.endsAt}`).join();
}

/** In this order [rules-instant-order]: expiry, results, alarm, the stop by MaxErrors, dispatch. */
function settle(command: NaiveCommand, { world, at }: Moment): void {
  const open = () => command.invocations.filter(isOpen);
  const pending = () => command.invocations.filter(({ detail }) => detail === "Pending");
  if (at >= command.expiresAt + world.lateness.expirySweepLag * 1_000) {
    for (const each of open()) each.detail = "DeliveryTimedOut";
  }
  for (const each of open()) {
    const { process, killAt, waitsSince } = each;
    if (process !== undefined && killAt <= at && killAt < process.endsAt) {
      each.process = { endsAt: killAt, detail: "Cancelled", code: 137 };
    }
    if (each.process !== undefined && each.process.endsAt <= at) {
      // A reply at ExpiresAfter is late, and changes nothing [rules-late-replies].
      if (each.process.endsAt < command.expiresAt) {
        each.detail = each.process.detail;
        each.code = each.process.code;
      }
      each.process = undefined;
    }
    if (waitsSince !== undefined && waitsSince + 3_000 <= at) each.detail = "Delayed";
  }
  if (command.pollsAlarmAt <= at && open().length > 0) {
    command.pollsAlarmAt = world.alarm === "OK" ? at + 60_000 : Infinity;
    command.alarmed = world.alarm;
    if (world.alarm !== "OK") for (const each of open()) each.detail = "Terminated";
  }
  const { length } = command.invocations;
  const failed = command.invocations.filter(({ detail }) =>
    ["Failed", "ExecutionTimedOut"].includes(detail),
  );
  if (failed.length > limitOf(command.maxErrors, length)) {
    for (const each of pending()) each.detail = "Terminated";
  }
  for (const each of pending()) {
    const inFlight = open().length - pending().length;
    if (inFlight < Math.max(1, limitOf(command.maxConcurrency, length))) {
      hand(each, { command, world, at });
    }
  }
}

/** What a node does with an invocation that is sent to it [rules-delivery]. */
function hand(each: NaiveInvocation, { command, world, at }: Moment & { command: SendAct }): void {
  const node = world.nodes.find(({ instanceId }) => instanceId === each.instanceId)!;
  each.detail = node.agent === "undeliverable" ? "Undeliverable" : "InProgress";
  each.waitsSince = node.agent === "unreachable" ? at : undefined;
  if (node.agent !== "online" || node.behavior.type === "neverReplies") return;
  // The agent takes 3600 in place of a value below 5 [agent-plugin-util].
  const timeout = (command.executionTimeout < 5 ? 3_600 : command.executionTimeout) * 1_000;
  const { seconds, exitCode } =
    node.behavior.type === "hangs" ? { seconds: Infinity, exitCode: 0 } : node.behavior;
  const isKilled = seconds * 1_000 > timeout;
  const endsAt = at + Math.min(seconds * 1_000, timeout);
  if (isKilled || exitCode === 137)
    each.process = { endsAt, detail: "ExecutionTimedOut", code: 137 };
  else
    each.process = {
      endsAt,
      detail: [0, 168].includes(exitCode) ? "Success" : "Failed",
      code: exitCode,
    };
}
