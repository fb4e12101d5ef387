import type { Target } from "@aws-sdk/client-ssm";
import { INVOCATION_DETAILS } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import {
  type CommandRecord,
  indexOfNode,
  isByTargets,
  rolloutOf,
} from "../account/command-record.ts";
import type { Groups } from "../account/groups.ts";
import type { ManagedNode } from "../account/node.ts";
import { type InvocationEvent, newInvocation, nextInvocation } from "../engine/invocation.ts";
import { type Barred, moved, nextRollout } from "../engine/rollout.ts";
import { expandTargets } from "../engine/targets.ts";
import { AgentRunner } from "./agent-runner.ts";
import { type Deadline, Deadlines, type DeadlineType, RANK } from "./deadlines.ts";
import type { PendingBehaviors } from "./pending-behaviors.ts";

/**
 * What moves commands: it asks the rules of the engine what comes next, and is the only place that carries it out. Its two
 * verbs are {@link CommandRunner.apply}, for one invocation, and `#drive`, for the rollout of a command.
 */
export class CommandRunner {
  readonly #account: Account;
  readonly #agents: AgentRunner;
  readonly #deadlines: Deadlines;

  constructor(account: Account, behaviors: PendingBehaviors) {
    this.#account = account;
    this.#deadlines = new Deadlines(account.clock, (deadline) => this.fallDue(deadline));
    this.#agents = new AgentRunner(
      account,
      { behaviors, deadlines: this.#deadlines },
      (command, index, event) => this.apply(command, index, event),
    );
  }

  /** A new command: its targets get known, then its records get made, then it is sent. */
  begin(command: CommandRecord): void {
    const { targetExpansionDelay } = this.#account.delays;
    if (isByTargets(command)) {
      this.#schedule(command, "expandTargets", command.requestedAt + targetExpansionDelay);
    } else this.#awaitRecords(command, command.requestedAt);
    if (command.request.AlarmConfiguration?.Alarms?.length) {
      this.#pollAlarmLater(command, command.requestedAt);
    }
    const expiry = command.expiresAt + this.#account.delays.expirySweepLag;
    this.#schedule(command, "expire", expiry, RANK.expiry);
  }

  /** Something happened to an invocation. */
  apply(command: CommandRecord, index: number, event: InvocationEvent): void {
    const invocation = command.invocations[index];
    if (invocation === undefined) return;
    const [next, effects] = nextInvocation(invocation, event);
    if (next === invocation) return;
    command.invocations[index] = next;
    command.rollout = moved(command.rollout, { from: invocation.detail, to: next.detail });
    const { bucket } = INVOCATION_DETAILS[next.detail];
    if (bucket !== "sent") this.#driveSoon(command, event.at);
    if (INVOCATION_DETAILS[next.detail].terminal && event.type !== "agentReplied") {
      this.#agents.ended(command, index);
    }
    for (const { type } of effects) {
      if (type === "handToAgent") this.#agents.take(command, index, event.at);
      else this.#agents.recall(command, index, event.at);
    }
  }

  /** A cancel of these nodes; without ids, of the whole command. Before the records exist it waits for them. */
  cancel(command: CommandRecord, at: EpochMs, instanceIds?: readonly string[]): void {
    if (command.closedAt !== undefined) return;
    if (instanceIds === undefined) command.rollout = { ...command.rollout, cancelAsked: true };
    if (command.made === undefined) command.earlyCancels.push(...(instanceIds ?? []));
    const indexes = instanceIds?.map((id) => indexOfNode(command, id));
    for (const index of indexes ?? command.invocations.keys()) {
      this.apply(command, index, { type: "cancelAsked", at });
    }
  }

  cameBack(node: ManagedNode): void {
    this.#agents.cameBack(node, this.#account.clock.now());
  }

  /** A node is gone for good: what is open on it is given up. */
  removed({ instanceId }: ManagedNode): void {
    const at = this.#account.clock.now();
    for (const command of this.#account.commands.recorded) {
      const index = indexOfNode(command, instanceId);
      this.apply(command, index, { type: "turnedAway", at, as: "Undeliverable" });
      this.#agents.removed(command, index);
    }
  }

  /** A deadline has come. */
  fallDue(deadline: Deadline): void {
    const { type, at } = deadline;
    const command = this.#account.commands.get(deadline.commandId);
    if (command === undefined) return;
    switch (type) {
      case "expandTargets":
        this.#expandTargets(command, at);
        break;
      case "makeRecords":
        this.#makeRecords(command, at);
        break;
      case "drive":
        this.#drive(command, at);
        break;
      case "pollAlarm":
        this.#pollAlarm(command, at);
        break;
      case "expire":
        this.#expire(command, at);
        break;
      default:
        this.#agents.fallDue(command, deadline);
    }
  }

  /** Runs what is due. */
  runDue(): void {
    this.#deadlines.runDue();
  }

  clear(): void {
    this.#deadlines.clear();
    this.#agents.clear();
  }

  #expandTargets(command: CommandRecord, at: EpochMs): void {
    const usable = this.#account.nodes.list().filter(({ state }) => state === "running");
    const targets = resolveGroups(command.request.Targets ?? [], this.#account.groups);
    const chosen = targets === "denied" ? [] : expandTargets(targets, usable);
    command.instanceIds = chosen.map(({ instanceId }) => instanceId).sort();
    command.targetCount = command.instanceIds.length;
    const { cancelAsked, stop } = command.rollout;
    const rollout = rolloutOf(command.request, command.targetCount, this.#account.rules);
    command.rollout = { ...rollout, cancelAsked, stop };
    if (command.targetCount === 0) {
      this.#bar(command, targets === "denied" ? "groupDenied" : "noTargets", at);
    } else this.#awaitRecords(command, at);
  }

  #awaitRecords(command: CommandRecord, at: EpochMs): void {
    this.#schedule(command, "makeRecords", at + this.#account.delays.visibilityDelay);
  }

  #makeRecords(command: CommandRecord, at: EpochMs): void {
    const { commands, nodes } = this.#account;
    if (this.#exceedsQuota(command)) {
      this.#bar(command, "overQuota", at);
      return;
    }
    command.made = { at, ordinal: commands.recorded.length };
    commands.addRecorded(command);
    for (const instanceId of command.instanceIds) {
      command.invocations.push(newInvocation(instanceId));
    }
    // Decided when the records are made, and without taking a place in the window (inferred).
    for (const [index, instanceId] of command.instanceIds.entries()) {
      const node = nodes.get(instanceId);
      if (node === undefined) continue;
      if (node.access === "denied") {
        this.apply(command, index, { type: "turnedAway", at, as: "AccessDenied" });
      } else if (!command.document.platforms.includes(node.platform)) {
        this.apply(command, index, { type: "turnedAway", at, as: "InvalidPlatform" });
      }
    }
    const { expirySweepLag } = this.#account.delays;
    if (at >= command.expiresAt + expirySweepLag) this.#expire(command, at);
    if (command.rollout.stop !== undefined) this.#stopByAlarm(command, at);
    if (command.rollout.cancelAsked) this.cancel(command, at);
    else this.cancel(command, at, command.earlyCancels);
    this.#driveSoon(command, at);
  }

  /** A command that will have no invocations is over at once. */
  #bar(command: CommandRecord, barred: Barred, at: EpochMs): void {
    const { rollout } = command;
    command.rollout = { ...rollout, barred, pending: 0, total: 0 };
    this.#driveSoon(command, at);
  }

  #exceedsQuota({ targetCount }: CommandRecord): boolean {
    const { commands, rules } = this.#account;
    if (rules.pendingInvocationQuota === undefined) return false;
    const pending = commands.recorded.reduce((sum, { rollout }) => sum + rollout.pending, 0);
    return pending + targetCount > rules.pendingInvocationQuota;
  }

  #pollAlarmLater(command: CommandRecord, at: EpochMs): void {
    this.#schedule(command, "pollAlarm", at + this.#account.delays.alarmPollEvery);
  }

  /** Reads the command's alarm. One that cannot be read stops the command too, unless that is to be ignored. */
  #pollAlarm(command: CommandRecord, at: EpochMs): void {
    const { rollout, made } = command;
    const isOver = made !== undefined && rollout.pending + rollout.sent + rollout.delayed === 0;
    if (command.closedAt !== undefined || isOver) return;
    const { Alarms = [], IgnorePollAlarmFailure = false } =
      command.request.AlarmConfiguration ?? {};
    const name = Alarms[0]?.Name ?? "";
    const state = this.#account.alarms.get(name);
    if (state === "OK" || (state === "UNKNOWN" && IgnorePollAlarmFailure)) {
      this.#pollAlarmLater(command, at);
      return;
    }
    command.triggeredAlarm = { Name: name, State: state };
    const stop = state === "ALARM" ? "alarm" : "unknownAlarm";
    command.rollout = { ...command.rollout, stop };
    this.#stopByAlarm(command, at);
  }

  #stopByAlarm(command: CommandRecord, at: EpochMs): void {
    for (const index of command.invocations.keys()) {
      this.apply(command, index, { type: "alarmed", at });
    }
  }

  #expire(command: CommandRecord, at: EpochMs): void {
    if (command.closedAt !== undefined) return;
    for (const index of command.invocations.keys()) {
      this.apply(command, index, { type: "expired", at });
    }
  }

  #driveSoon(command: CommandRecord, at: EpochMs): void {
    if (command.driveIsDue || command.closedAt !== undefined) return;
    command.driveIsDue = true;
    this.#schedule(command, "drive", at, RANK.dispatch);
  }

  /** Carries out what the rollout wants, until it wants nothing more. */
  #drive(command: CommandRecord, at: EpochMs): void {
    command.driveIsDue = false;
    if (command.made === undefined && command.rollout.barred === undefined) return;
    for (;;) {
      const [next, effect] = nextRollout(command.rollout, this.#account.rules);
      command.rollout = next;
      switch (effect?.type) {
        case undefined:
          return;
        case "send":
          this.apply(command, effect.index, { type: "sent", at });
          break;
        case "terminate":
          for (let index = effect.from; index < command.invocations.length; index++) {
            this.apply(command, index, { type: "stopped", at });
          }
          break;
        case "close":
          command.closedAt = at;
          break;
      }
    }
  }

  #schedule(
    command: CommandRecord,
    type: DeadlineType,
    at: EpochMs,
    rank: number = RANK.records,
  ): void {
    const { commandId } = command;
    this.#deadlines.schedule({ type, at, rank, commandId, index: -1 });
  }
}

/** The targets with each resource group replaced by the ids that it holds, or that one of them may not be listed. */
function resolveGroups(targets: readonly Target[], groups: Groups): readonly Target[] | "denied" {
  const resolved: Target[] = [];
  for (const target of targets) {
    const group = target.Key === "resource-groups:Name" ? target.Values?.[0] : undefined;
    const found = group === undefined ? undefined : (groups.get(group) ?? { instanceIds: [] });
    if (found === "denied") return "denied";
    resolved.push(
      found === undefined ? target : { Key: "InstanceIds", Values: [...found.instanceIds] },
    );
  }
  return resolved;
}
