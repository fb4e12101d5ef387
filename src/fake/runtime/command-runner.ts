import { INVOCATION_DETAILS } from "../../domain/status.ts";
import { type EpochMs, realTime } from "../../time/clock.ts";
import { isSendDenied } from "../account/access.ts";
import type { Account } from "../account/account.ts";
import { type CommandRecord, indexOfNode, type NewCommand } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { changesOfInvocation, endOfCommand } from "../account/status-changes.ts";
import {
  type CommandDeadline,
  type CommandEffect,
  type CommandEvent,
  newCommand,
  nextCommand,
} from "../engine/command.ts";
import {
  type Invocation,
  type InvocationEvent,
  newInvocation,
  nextInvocation,
} from "../engine/invocation.ts";
import { expandTargets, resolveGroups, unusableAs } from "../engine/targets.ts";
import { type AgentParts, AgentRunner } from "./agent-runner.ts";
import { type Deadline, Deadlines } from "./deadlines.ts";
import { EventQueue, type Posted } from "./event-queue.ts";
import type { PendingBehaviors } from "./pending-behaviors.ts";

/**
 * Moves commands and their invocations: it asks the rules of the engine what comes next, and carries it out. It holds no
 * rule itself. The {@link AgentRunner} does the same for what happens on nodes, and both share one queue of events.
 */
export class CommandRunner {
  readonly #account: Account;
  readonly #deadlines: Deadlines;
  readonly #queue: EventQueue;
  readonly #agents: AgentRunner;
  readonly #behaviors: PendingBehaviors;

  constructor(
    account: Account,
    { behaviors, mistakes }: Pick<AgentParts, "behaviors" | "mistakes">,
  ) {
    this.#account = account;
    this.#behaviors = behaviors;
    this.#queue = new EventQueue((posted) => this.#handle(posted));
    this.#deadlines = new Deadlines(account.clock, {
      handle: (deadline) => this.#fallDue(deadline),
      allow: (count) => this.#queue.allow(count),
      isHalted: () => this.#queue.isHalted,
    });
    const post = (posted: Posted) => this.#queue.post(posted);
    this.#agents = new AgentRunner(account, {
      ...{ behaviors, mistakes, post },
      deadlines: this.#deadlines,
    });
  }

  /** Adds a new command to the account, and starts it. */
  begin(fresh: NewCommand): CommandRecord {
    const [state, effects] = newCommand(fresh.context);
    const command: CommandRecord = Object.assign(fresh, { state });
    this.#account.commands.add(command);
    for (const effect of effects) this.#carryOut(command, effect);
    return command;
  }

  /** Called when the answer to the SendCommand of a command leaves. */
  answered(command: CommandRecord): void {
    this.#post(command, { type: "answered", at: this.#now() });
    this.#tellSoon();
  }

  /** Cancels a command on these nodes, or on all of them if no ids are given. */
  cancel(command: CommandRecord, instanceIds?: readonly string[]): void {
    const event = { type: "cancelAsked", at: this.#now() } as const;
    this.#post(command, instanceIds === undefined ? event : { ...event, instanceIds });
    this.#tellSoon();
  }

  /** A test that waits to be told of changes makes no call before which they would run: what is due now runs after this one. */
  #tellSoon(): void {
    if (this.#account.changes.areThere) void realTime.nextTurn().then(() => this.runDue());
  }

  /** Called when a node can be reached again. */
  cameBack(node: ManagedNode): void {
    this.#agents.cameBack(node, this.#now());
  }

  /** Called when a node is gone for good: what is open on it becomes Undeliverable, and what runs ends. */
  removed(node: ManagedNode): void {
    const at = this.#now();
    for (const { command, index } of this.#reject(node, at)) {
      this.#queue.post({ to: "agent", command, index, event: { type: "nodeRemoved", at } });
    }
  }

  /** Called when the service gives a node up: what is open on it becomes Undeliverable, and what runs goes on unheard. */
  undelivered(node: ManagedNode): void {
    this.#reject(node, this.#now());
  }

  /** Runs what is due. */
  runDue(): void {
    this.#deadlines.runDue();
  }

  /** Runs a part of what is due. Returns whether that was all. */
  runSome(): boolean {
    return this.#deadlines.runSome();
  }

  clear(): void {
    this.#queue.clear();
    this.#deadlines.clear();
    this.#agents.clear();
  }

  #reject(
    { instanceId }: ManagedNode,
    at: EpochMs,
  ): readonly { readonly command: CommandRecord; readonly index: number }[] {
    const places = this.#account.commands.recorded.map((command) => {
      return { command, index: indexOfNode(command, instanceId) };
    });
    const event = { type: "rejected", at, as: "Undeliverable" } as const;
    for (const place of places) this.#queue.post({ to: "invocation", ...place, event });
    return places;
  }

  // A type that is added to a union and has no case does not compile at the line after the `switch`, which no other type
  // reaches.
  #fallDue({ type: due, at, index, command }: Deadline): void {
    switch (due) {
      case "expandTargets":
        this.#expandTargets(command, at);
        return;
      case "makeRecords":
        this.#post(command, { type: "recordsDue", at, pending: this.#pendingInAccount() });
        return;
      case "advance":
        this.#post(command, { type: "advance", at });
        return;
      case "pollAlarm": {
        const state = this.#account.alarms.get(command.context.alarm?.name ?? "");
        this.#post(command, { type: "alarmRead", at, state });
        return;
      }
      case "expire":
        this.#post(command, { type: "expired", at });
        return;
      case "agentDue":
        this.#queue.post({ to: "agent", command, index, event: { type: "due", at } });
        return;
      case "pollLogs":
        this.#queue.post({ to: "agent", command, index, event: { type: "logsPolled", at } });
        return;
      case "offer":
        this.#agents.offerAgain({ command, index }, at);
        return;
      case "kill":
        this.#queue.post({ to: "agent", command, index, event: { type: "killed", at } });
        return;
    }
    due satisfies never;
  }

  #handle(posted: Posted): void {
    const { command } = posted;
    switch (posted.to) {
      case "command":
        this.#moveCommand(command, posted.event);
        return;
      case "invocation":
        this.#moveInvocation(command, posted.index, posted.event);
        return;
      case "invocations": {
        const { to, index, event } = posted;
        const end = Math.min(posted.end, command.invocations.length);
        if (index < end) this.#moveInvocation(command, index, event);
        if (index + 1 < end) this.#queue.post({ to, command, index: index + 1, end, event });
        return;
      }
      case "agent":
        this.#agents.move(command, posted.index, posted.event);
        return;
      case "node":
        this.#agents.handOver(command, posted.index, posted.at);
        return;
      case "workers":
        this.#agents.startNext(posted.node, posted.at);
        return;
    }
    posted satisfies never;
  }

  #moveCommand(command: CommandRecord, event: CommandEvent): void {
    const wasAdvanceDue = command.state.isAdvanceDue;
    const [next, effects] = nextCommand(command.state, event, command.context);
    const hasEnded = command.state.closedAt === undefined && next.closedAt !== undefined;
    command.state = next;
    if (hasEnded) {
      this.#account.commands.end(command);
      this.#account.changes.tell(command, endOfCommand(command, this.#account.settings));
    }
    if (next.isAdvanceDue && !wasAdvanceDue) this.#schedule(command, "advance", event.at);
    for (const effect of effects) this.#carryOut(command, effect, event);
  }

  #carryOut(command: CommandRecord, effect: CommandEffect, cause?: CommandEvent): void {
    const at = cause?.at ?? command.requestedAt;
    switch (effect.type) {
      case "schedule":
        this.#schedule(command, effect.deadline, effect.at);
        return;
      case "makeRecords":
        this.#makeRecords(command, at);
        return;
      case "tell": {
        const { from: index, end, event } = effect;
        this.#queue.post({ to: "invocations", command, index, end, event });
        return;
      }
      case "tellNodes":
        for (const id of effect.instanceIds) {
          const index = indexOfNode(command, id);
          this.#queue.post({ to: "invocation", command, index, event: effect.event });
        }
        return;
      case "advanceAgain":
        this.#post(command, { type: "advance", at });
        return;
    }
    effect satisfies never;
  }

  #moveInvocation(command: CommandRecord, index: number, event: InvocationEvent): void {
    const invocation = command.invocations[index];
    if (invocation === undefined) return;
    const [next, effects] = nextInvocation(invocation, event);
    if (next === invocation) return;
    command.invocations[index] = next;
    const { at } = event;
    const isFirst = next.sentAt !== undefined && command.firstSentAt === undefined;
    if (isFirst) command.firstSentAt = next.sentAt;
    if (this.#account.changes.areThere) this.#tell(command, { isFirst, invocation, next });
    const from = invocation.detail;
    const to = next.detail;
    // Counted at once, so that the next event sees the new count. The command itself only asks to be looked at again.
    if (from !== to) this.#moveCommand(command, { type: "moved", at, from, to });
    if (INVOCATION_DETAILS[to].terminal && event.type !== "agentReplied") {
      this.#queue.post({ to: "agent", command, index, event: { type: "invocationEnded", at } });
    }
    for (const effect of effects) {
      switch (effect.type) {
        case "handToAgent":
          this.#queue.post({ to: "node", command, index, at });
          continue;
        case "recallFromAgent":
          this.#queue.post({ to: "agent", command, index, event: { type: "recallAsked", at } });
          continue;
      }
      effect.type satisfies never;
    }
  }

  /** Tells of what a move of an invocation has changed in what is published. */
  #tell(
    command: CommandRecord,
    { isFirst, invocation, next }: { isFirst: boolean; invocation: Invocation; next: Invocation },
  ): void {
    const known = changesOfInvocation(invocation).length;
    const [first, ...others] = changesOfInvocation(next).slice(known);
    if (first === undefined) return;
    const started = isFirst ? [{ at: first.at, status: first.status }] : [];
    this.#account.changes.tell(command, [...started, first, ...others]);
  }

  #expandTargets(command: CommandRecord, at: EpochMs): void {
    const { groups, nodes } = this.#account;
    const targets = resolveGroups(command.request.Targets ?? [], (name) => groups.get(name));
    if (targets === "denied") {
      this.#post(command, { type: "groupDenied", at });
      return;
    }
    const all = nodes.list();
    const chosen = expandTargets(targets, all);
    this.#queue.spend(all.length);
    command.instanceIds = chosen.map(({ instanceId }) => instanceId).sort();
    command.targetCount = command.instanceIds.length;
    this.#post(command, { type: "targetsKnown", at, count: command.targetCount });
  }

  #makeRecords(command: CommandRecord, at: EpochMs): void {
    const { commands, nodes } = this.#account;
    command.recorded = { at, ordinal: commands.recorded.length };
    commands.addRecorded(command);
    for (const instanceId of command.instanceIds) {
      command.invocations.push(newInvocation(instanceId));
    }
    // Decided when the records are made, and without taking a place in the window (our decision; [rules-rate-control]).
    for (let index = 0; index < command.instanceIds.length; index++) {
      const node = nodes.get(command.instanceIds[index] ?? "");
      if (node === undefined) continue;
      const standing = { isDenied: this.#isDenied(command, node), platform: node.platform };
      const as = unusableAs(standing, command.document);
      if (as === undefined) continue;
      const event = { type: "rejected", at, as } as const;
      this.#queue.post({ to: "invocation", command, index, event });
    }
    this.#queue.spend(command.instanceIds.length);
    this.#post(command, { type: "recordsMade", at });
  }

  /** Whether the caller may not send a command to a node. If code of the test throws, its next call throws that. */
  #isDenied({ request }: CommandRecord, { instanceId, tags, access }: ManagedNode): boolean {
    if (access === "allowed" && this.#account.access === "allowed") return false;
    const sent = { document: request.DocumentName, instanceId, tags, access };
    const ask = () => isSendDenied(this.#account, sent);
    return this.#behaviors.guard(`The access of ${instanceId}`, ask) ?? true;
  }

  #pendingInAccount(): number {
    return this.#account.commands.recorded.reduce(
      (sum, { state: { rollout } }) => sum + rollout.pending,
      0,
    );
  }

  #post(command: CommandRecord, event: CommandEvent): void {
    this.#queue.post({ to: "command", command, event });
  }

  #schedule(command: CommandRecord, type: CommandDeadline, at: EpochMs): void {
    this.#deadlines.schedule({ type, at, command, index: -1 });
  }

  #now(): EpochMs {
    return this.#account.clock.now();
  }
}
