import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { WALK_START } from "./fleet-steps.ts";
import type { FleetWalk } from "./fleet-walk.ts";

/** An invocation as the timeline shows it. Instants are milliseconds since 1970. */
export interface Span {
  readonly commandId: string;
  readonly instanceId: string;
  /** When it was sent to its node; Infinity while it has not been, and when it ended before. */
  readonly sentAt: number;
  /** When it ended; Infinity while it has not. */
  readonly endedAt: number;
  readonly detail: string;
}

/** Everything that can be seen of the account at one moment. */
export interface Look {
  readonly now: number;
  readonly commands: readonly Command[];
  readonly invocations: readonly CommandInvocation[];
  readonly spans: readonly Span[];
  /** Commands that were cancelled as a whole while an invocation of theirs was open. */
  readonly wholeCancels: readonly string[];
}

/** Looks at the account, right after the look `before` and at most one act. */
export async function takeLook(walk: FleetWalk, before?: Look): Promise<Look> {
  const commands = await walk.listCommands();
  const invocations = await walk.listInvocations();
  const spans = commands.flatMap((command) => readSpans(command, { walk, invocations }));
  const act = walk.acts.at(-1);
  const wasOpen =
    act?.type === "cancel" &&
    act.instanceIds === undefined &&
    before?.commands.some((c) => c.CommandId === act.commandId && isOpen(c));
  const wholeCancels = [...(before?.wholeCancels ?? []), ...(wasOpen ? [act.commandId] : [])];
  return { now: walk.fake.clock.now(), commands, invocations, spans, wholeCancels };
}

/** Whether a command or an invocation has not ended. */
export function isOpen({ Status }: Pick<Command | CommandInvocation, "Status">): boolean {
  return ["Pending", "InProgress", "Delayed", "Cancelling"].includes(Status ?? "");
}

/** The invocations of a command. */
export function spansOf({ CommandId }: Command, { spans }: Look): readonly Span[] {
  return spans.filter(({ commandId }) => commandId === CommandId);
}

function readSpans(
  { CommandId = "" }: Command,
  { walk, invocations }: { readonly walk: FleetWalk } & Pick<Look, "invocations">,
): readonly Span[] {
  const lines = walk.fake
    .timeline({ commandId: CommandId })
    .split("\n")
    .map((line) => line.split(/\s{2,}/));
  return invocations
    .filter((invocation) => invocation.CommandId === CommandId)
    .map(({ InstanceId = "" }) => {
      const own = lines.filter(([, subject]) => subject === InstanceId);
      return { commandId: CommandId, instanceId: InstanceId, ...spanOf(own) };
    });
}

/** What the lines about one invocation say: elapsed time, subject, what happened, and the move. */
function spanOf(
  lines: readonly (readonly string[])[],
): Pick<Span, "sentAt" | "endedAt" | "detail"> {
  const at = (begins: string): number => {
    const [elapsed] = lines.find(([, , what = ""]) => what.startsWith(begins)) ?? [];
    return elapsed === undefined ? Infinity : WALK_START + toMs(elapsed);
  };
  const detail = lines.at(-1)?.[3]?.split(" → ").at(-1) ?? "Pending";
  return { sentAt: at("sent"), endedAt: at("ended"), detail };
}

/** `"00:01:30.000"` is 90000. */
function toMs(elapsed: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = elapsed.split(":").map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
