import {
  type CommandInvocation,
  type ListCommandInvocationsCommandInput,
  type ListCommandsCommandInput,
  type SendCommandCommandInput,
  type SendCommandCommandOutput,
  SSMServiceException,
} from "@aws-sdk/client-ssm";
import { FakeSsm, VirtualClock } from "ssm-run-command/fake";
import {
  type Act,
  type DatedAct,
  type SendAct,
  toPluginResult,
  type WalkSetup,
} from "./fleet-acts.ts";
import type { Step } from "./fleet-steps.ts";

/** The result of a step. */
export interface Taken {
  /** The act that the step was; none for a read, and for a step that found nothing to act upon. */
  readonly act?: Act;
  /** The name of the error with which the service refused it. */
  readonly refusal?: string;
  readonly sent?: SendCommandCommandOutput;
}

/** A fake that is led through steps, and the acts on the way. */
export class FleetWalk {
  readonly fake: FakeSsm;
  readonly setup: WalkSetup;
  readonly acts: DatedAct[] = [];
  readonly commandIds: string[] = [];
  readonly #instanceIds: readonly string[];
  readonly #nodesOf = new Map<string, readonly string[]>();

  constructor(setup: WalkSetup, { seed = 1 }: { readonly seed?: number } = {}) {
    const { cancelLatency, expirySweepLag } = setup.lateness;
    this.setup = setup;
    this.#instanceIds = setup.nodes.map(({ instanceId }) => instanceId);
    this.fake = new FakeSsm({
      clock: new VirtualClock({ skips: false }),
      seed,
      warnAfter: "1h", // a walk leaves its fake behind, with commands open
      latency: {
        cancelLatency: `${cancelLatency}s`,
        expirySweepLag: `${expirySweepLag}s`,
        otherwise: "instant",
      },
      nodes: setup.nodes.map(({ instanceId, role, agent, platform, access, behavior }) => ({
        instanceId,
        tags: { Role: role },
        agent,
        platform,
        access,
        behavior: toPluginResult(behavior),
      })),
    });
    // SendCommand refuses an alarm that does not exist.
    this.fake.alarms.set("cpu", "OK");
  }

  /** Does one step. A refusal is part of the walk; any other error is thrown. */
  async take(step: Step): Promise<Taken> {
    if (step.type === "advance") await this.fake.clock.advance(`${step.seconds}s`);
    const act = this.#actOf(step);
    if (act === undefined) return {};
    try {
      const sent = await this.#perform(act);
      const commandId = sent?.Command?.CommandId ?? "";
      if (act.type === "send") {
        this.commandIds.push(commandId);
        this.#nodesOf.set(commandId, this.#chosenBy(act));
      }
      const done = act.type === "send" ? { ...act, commandId } : act;
      this.acts.push({ ...done, at: this.fake.clock.now() });
      return sent === undefined ? { act } : { act, sent };
    } catch (error) {
      if (error instanceof SSMServiceException) return { act, refusal: error.name };
      throw error;
    }
  }

  /** The id of the command at this position, modulo the number of commands. */
  commandId(place: number): string | undefined {
    return this.commandIds[place % this.commandIds.length];
  }

  /** The id of the node at this position, modulo the number of nodes. Nodes that were removed keep their positions. */
  instanceId(place: number): string {
    return this.#instanceIds[place % this.#instanceIds.length]!;
  }

  /** All commands that a request finds, read page by page. */
  async listCommands(question: ListCommandsCommandInput = {}) {
    const pages = await this.#pages(question, (input) => this.fake.listCommands(input));
    return pages.flatMap(({ Commands = [] }) => Commands);
  }

  /** All invocations that a request finds, with their plugins, read page by page. */
  async listInvocations(
    question: ListCommandInvocationsCommandInput = {},
  ): Promise<CommandInvocation[]> {
    const asked = { ...question, Details: true };
    const pages = await this.#pages(asked, (input) => this.fake.listCommandInvocations(input));
    return pages.flatMap(({ CommandInvocations = [] }) => CommandInvocations);
  }

  async #pages<Input, Page extends { NextToken?: string | undefined }>(
    input: Input,
    ask: (input: Input) => Promise<Page>,
  ): Promise<Page[]> {
    const pages = [await ask(input)];
    for (let last = pages[0]!; last.NextToken !== undefined; last = pages.at(-1)!) {
      pages.push(await ask({ ...input, NextToken: last.NextToken }));
    }
    return pages;
  }

  #actOf(step: Step): Act | undefined {
    switch (step.type) {
      case "advance":
      case "read":
        return undefined;
      case "send": {
        const { type, chosen, ...limits } = step;
        if (chosen.by === "roles") return { type, commandId: "", chosen, ...limits };
        const instanceIds = some(chosen.places, this.#instanceIds);
        return { type, commandId: "", chosen: { by: "ids", instanceIds }, ...limits };
      }
      case "cancel": {
        const commandId = this.commandId(step.command);
        if (commandId === undefined) return undefined;
        // One more than the command has, so that a cancel is refused now and then.
        const ids = [...(this.#nodesOf.get(commandId) ?? []), this.instanceId(step.command)];
        return { type: "cancel", commandId, instanceIds: step.places && some(step.places, ids) };
      }
      case "alarm":
        return step;
      default: {
        const instanceId = this.instanceId(step.node);
        if (this.fake.nodes.get(instanceId) === undefined) return undefined;
        return step.type === "remove"
          ? { type: "remove", instanceId }
          : { type: "change", instanceId, to: step.to };
      }
    }
  }

  #chosenBy({ chosen }: SendAct): readonly string[] {
    if (chosen.by === "ids") return chosen.instanceIds;
    const nodes = this.fake.nodes.list();
    return nodes
      .filter(({ tags }) => chosen.roles.includes(tags["Role"] ?? ""))
      .map(({ instanceId }) => instanceId);
  }

  async #perform(act: Act): Promise<SendCommandCommandOutput | undefined> {
    switch (act.type) {
      case "send":
        return this.fake.sendCommand(toRequest(act));
      case "cancel": {
        const { commandId, instanceIds } = act;
        const some = instanceIds === undefined ? {} : { InstanceIds: [...instanceIds] };
        await this.fake.cancelCommand({ CommandId: commandId, ...some });
        return undefined;
      }
      case "change": {
        const node = this.fake.nodes.get(act.instanceId)!;
        const { agent, role, behavior } = act.to;
        if (agent !== undefined) node.agent = agent;
        if (role !== undefined) node.tag({ Role: role });
        if (behavior !== undefined) node.behavior = toPluginResult(behavior);
        return undefined;
      }
      case "remove":
        this.fake.nodes.get(act.instanceId)?.remove();
        return undefined;
      case "alarm":
        this.fake.alarms.set("cpu", act.state);
        return undefined;
    }
  }
}

/** The ids at these positions, modulo the number of ids. */
function some(places: readonly number[], ids: readonly string[]): readonly string[] {
  return [...new Set(places.map((place) => ids[place % ids.length]!))];
}

function toRequest({ chosen, ...send }: SendAct): SendCommandCommandInput {
  return {
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["true"], executionTimeout: [String(send.executionTimeout)] },
    ...(chosen.by === "ids"
      ? { InstanceIds: [...chosen.instanceIds] }
      : { Targets: [{ Key: "tag:Role", Values: [...chosen.roles] }] }),
    MaxConcurrency: send.maxConcurrency,
    MaxErrors: send.maxErrors,
    TimeoutSeconds: send.timeoutSeconds,
    ...(send.watchesAlarm ? { AlarmConfiguration: { Alarms: [{ Name: "cpu" }] } } : {}),
  };
}
