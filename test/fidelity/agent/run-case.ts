import { existsSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as realTime } from "node:timers/promises";
import type { CommandInvocation } from "@aws-sdk/client-ssm";
import { messageOf } from "../shown.ts";
import type { AgentCase, Leaves } from "./agent-case.ts";
import { AgentWorld, hasEnded } from "./agent-world.ts";
import { mismatchOfAnswer } from "./compare.ts";
import { masked } from "./masks.ts";
import { type Machine, unmetNeed } from "./needs.ts";

/** What came of a case. */
export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "failed" | "skipped"; readonly why: string };

/** Between two looks at an invocation. */
const POLL_MS = 50;
const DEFAULT_LIMIT_MS = 20_000;

/** Runs a case on a fake of its own, if the machine has what it needs. */
export async function outcomeOf(value: AgentCase, machine: Machine): Promise<Outcome> {
  const lack = unmetNeed(value.needs, machine);
  if (lack !== undefined) return { kind: "skipped", why: lack };
  const why = await failureOf(value);
  return why === undefined ? { kind: "passed" } : { kind: "failed", why };
}

async function failureOf(value: AgentCase): Promise<string | undefined> {
  const scratch = await mkdtemp(join(await realpath(tmpdir()), "agent-case-"));
  try {
    const world = new AgentWorld(value);
    return await withinLimit(value, played(value, { world, scratch })).finally(() =>
      world.fake.reset(),
    );
  } catch (error) {
    return messageOf(error);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What the work says, or that the case takes longer than it may. */
async function withinLimit(
  { limitMs = DEFAULT_LIMIT_MS }: AgentCase,
  work: Promise<string | undefined>,
): Promise<string | undefined> {
  const stop = new AbortController();
  const late = realTime(limitMs, `it takes longer than ${limitMs} ms`, { signal: stop.signal });
  // When the work ends first, the wait is rejected, and nothing listens to it any more.
  late.catch(() => {});
  return Promise.race([work, late]).finally(() => stop.abort());
}

interface Stage {
  readonly world: AgentWorld;
  readonly scratch: string;
}

async function played(value: AgentCase, { world, scratch }: Stage): Promise<string | undefined> {
  const { agent, leaves, stillOpenMs } = value;
  const sent = await world.send(scratch);
  if (typeof sent !== "string") {
    const mayBe = value.serviceSide === true || agent.refused !== undefined;
    return mayBe ? undefined : `refused with ${sent.refused}`;
  }
  if (agent.refused !== undefined) return `expected a refusal (${agent.refused}), found none`;
  if (stillOpenMs !== undefined) return failureToStayOpen(sent, stillOpenMs, world);
  const invocation = await endOf(sent, value, world);
  const mismatch = await mismatchOfAnswer(agent, {
    invocation,
    streamsOf: (plugin) => world.streams(sent, plugin),
    mask: (found) => masked(found, scratch),
  });
  return mismatch ?? (leaves && (await mismatchOfFiles(leaves, scratch)));
}

/** The invocation when it has ended. */
async function endOf(
  commandId: string,
  { cancelAfterMs, advance }: AgentCase,
  world: AgentWorld,
): Promise<CommandInvocation> {
  if (cancelAfterMs !== undefined) {
    await world.sleep(cancelAfterMs);
    await world.cancel(commandId);
  }
  if (advance !== undefined) {
    await world.advance(advance);
    const invocation = await world.invocation(commandId);
    if (hasEnded(invocation)) return invocation;
    throw new Error(`after ${advance} the invocation is still ${invocation.StatusDetails}`);
  }
  for (;;) {
    const invocation = await world.invocation(commandId);
    if (hasEnded(invocation)) return invocation;
    await world.sleep(POLL_MS);
  }
}

/** Virtual time is not let run ahead of real time here, or a node would spend hours in these few seconds. */
async function failureToStayOpen(
  commandId: string,
  stillOpenMs: number,
  world: AgentWorld,
): Promise<string | undefined> {
  const startedAt = performance.now();
  for (;;) {
    const invocation = await world.invocation(commandId);
    const passedMs = performance.now() - startedAt;
    if (hasEnded(invocation)) {
      return `expected it to be open for ${stillOpenMs} ms, found ${invocation.StatusDetails} after ${Math.round(passedMs)} ms`;
    }
    if (passedMs >= stillOpenMs) return undefined;
    await Promise.all([world.sleep(POLL_MS), realTime(POLL_MS)]);
  }
}

async function mismatchOfFiles(
  { afterMs, files }: Leaves,
  scratch: string,
): Promise<string | undefined> {
  await realTime(afterMs);
  for (const [name, isExpected] of Object.entries(files)) {
    const exists = existsSync(join(scratch, name));
    if (exists === isExpected) continue;
    const [wanted, found] = isExpected ? ["a file", "none"] : ["no file", "one"];
    return `leaves ${name}: expected ${wanted}, found ${found}`;
  }
  return undefined;
}
