import { type FakeNode, FakeSsm } from "ssm-run-command/fake";
import { msOf } from "../case-time.ts";
import { isObject } from "../json.ts";
import { messageOf, shown } from "../shown.ts";
import { differenceOf, instantOf, valuesNamed } from "./compare.ts";
import { expanded, withIds } from "./expand.ts";
import { differenceFromFacts } from "./facts.ts";
import { SERVICE_ROADS, type ServiceAnswer, type ServiceRoad } from "./roads.ts";
import type { Between, Expected, Scenario, ServiceCall, Setup, Step } from "./scenario.ts";

/** What came of a scenario by one road. */
export interface Outcome {
  /** What is wrong: a sentence for each step that differs, and the last for one that cannot be taken. Empty if it passes. */
  readonly differences: readonly string[];
  /** The compared steps that agree, by their places. One that was not reached is none of them. */
  readonly agreeing: readonly number[];
}

/** Takes the steps of a scenario by one road, up to the first that cannot be taken. */
export async function outcomeOf({ setup, steps }: Scenario, road: ServiceRoad): Promise<Outcome> {
  const differences: string[] = [];
  const agreeing: number[] = [];
  try {
    const world = new ServiceWorld(await fakeOf(setup), road);
    for (const [index, step] of steps.entries()) {
      const difference = await world.take(step);
      if (difference !== undefined) differences.push(difference);
      else if (isCompared(step)) agreeing.push(index);
    }
  } catch (error) {
    differences.push(messageOf(error));
  }
  return { differences, agreeing };
}

/** How many steps of a scenario are compared with something. */
export function stepsCompared({ steps }: Scenario): number {
  return steps.filter(isCompared).length;
}

function isCompared({ type }: Step): boolean {
  return type === "call" || type === "facts";
}

async function fakeOf(setup: Setup): Promise<FakeSsm> {
  const { consistency = "instant", documents = [], alarms = {}, groups = {}, ...options } = setup;
  const fake = new FakeSsm({ ...options, latency: consistency });
  for (const { name, content } of documents) await fake.documents.add(name, content);
  for (const [name, state] of Object.entries(alarms)) fake.alarms.set(name, state);
  for (const [name, group] of Object.entries(groups)) fake.groups.set(name, group);
  return fake;
}

/** A scenario while it runs. */
class ServiceWorld {
  readonly #fake: FakeSsm;
  readonly #road: ServiceRoad;
  readonly #commandIds: string[] = [];

  constructor(fake: FakeSsm, road: ServiceRoad) {
    this.#fake = fake;
    this.#road = road;
  }

  /** Does what a step says; returns how what came of it differs. */
  async take(step: Step): Promise<string | undefined> {
    switch (step.type) {
      case "advance":
        await this.#fake.clock.advance(`${msOf(step.by)}ms`);
        return undefined;
      case "node":
        this.#node(step.node)[step.does]();
        return undefined;
      case "behavior":
        this.#node(step.node).behavior = step.behavior;
        return undefined;
      case "alarm":
        this.#fake.alarms.set(step.alarm, step.state);
        return undefined;
      case "prepare": {
        const answer = await this.#call(step.call);
        if ("ok" in answer) return undefined;
        throw new Error(`${step.call.operation} prepares: it was refused, ${shown(answer)}`);
      }
      case "call": {
        const difference = this.#differenceOf(step.expected, await this.#call(step.call));
        return difference && `${step.label}: ${difference}`;
      }
      case "facts": {
        const input = { Name: step.document };
        const answer = await this.#call({ operation: "GetDocument", input });
        if (!("ok" in answer)) return `${step.label}: refused: ${shown(answer.refused)}`;
        const content = JSON.parse(String(answer.ok["Content"]));
        const difference = differenceFromFacts(step.facts, content);
        return difference && `${step.label}: ${difference}`;
      }
    }
  }

  #node(id: string): FakeNode {
    const node = this.#fake.nodes.get(id);
    if (node === undefined) throw new Error(`there is no node ${id}`);
    return node;
  }

  async #call({ operation, input }: ServiceCall): Promise<ServiceAnswer> {
    const sent = expanded(input, this.#commandIds);
    const answer: ServiceAnswer = await SERVICE_ROADS[this.#road](this.#fake, {
      operation,
      input: sent,
    });
    const command = "ok" in answer ? answer.ok["Command"] : undefined;
    if (operation === "SendCommand" && isObject(command)) {
      this.#commandIds.push(String(command["CommandId"]));
    }
    return answer;
  }

  #differenceOf(expected: Expected, answer: ServiceAnswer): string | undefined {
    const { ok, shows, refused, expires, between } = expected;
    const commandIds = this.#commandIds;
    if (!("ok" in answer)) {
      if (refused === undefined) return `refused: ${shown(answer.refused)}`;
      return this.#differenceOfRefusal(refused, answer.refused);
    }
    if (refused !== undefined) return `accepted, and it is ${shown(refused)}`;
    return (
      (ok && differenceOf(ok, answer.ok, "answer", { whole: true, commandIds })) ??
      (shows && differenceOf(shows, answer.ok, "answer", { whole: false, commandIds })) ??
      (expires === undefined ? undefined : differenceOfExpiry(expires, answer.ok)) ??
      (between && differenceBetween(between, answer.ok))
    );
  }

  #differenceOfRefusal(
    { type, text, member }: NonNullable<Expected["refused"]>,
    found: Extract<ServiceAnswer, { readonly refused: unknown }>["refused"],
  ): string | undefined {
    const recorded = {
      status: 400,
      type,
      ...(text === undefined ? {} : { text: withIds(text, this.#commandIds) }),
      ...(member === undefined || this.#road !== "wire" ? {} : { member }),
    };
    return differenceOf(recorded, found, "refusal", { whole: false, commandIds: [] });
  }
}

function differenceOfExpiry(seconds: number, answer: object): string | undefined {
  const [requested] = valuesNamed("RequestedDateTime", answer).map(instantOf);
  const [expires] = valuesNamed("ExpiresAfter", answer).map(instantOf);
  const found = ((expires ?? Number.NaN) - (requested ?? Number.NaN)) / 1_000;
  return found === seconds
    ? undefined
    : `ExpiresAfter: expected ${seconds} s after RequestedDateTime, found ${found}`;
}

function differenceBetween({ from, to, seconds }: Between, answer: object): string | undefined {
  const found = (instantNamed(to, answer) - instantNamed(from, answer)) / 1_000;
  const [least, most] = seconds;
  return found >= least && found <= most
    ? undefined
    : `from ${from} to ${to}: expected ${least} to ${most} s, found ${found}`;
}

/** The instant of words such as `earliest ResponseFinishDateTime`. */
function instantNamed(words: string, answer: object): number {
  const [which, name = ""] = words.split(" ");
  const instants = valuesNamed(name, answer).flatMap((value) => instantOf(value) ?? []);
  return which === "earliest" ? Math.min(...instants) : Math.max(...instants);
}
