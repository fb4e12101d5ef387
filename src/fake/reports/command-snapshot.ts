import type { EpochMs } from "../../time/clock.ts";
import type { CommandRecord } from "../account/command-record.ts";
import { rollUpInvocations, type Standing } from "../engine/roll-up.ts";
import type { Settings } from "../engine/settings.ts";

/** A command as assertions see it. */
export interface CommandSnapshot
  extends Pick<CommandRecord, "commandId" | "request" | "invocations"> {
  readonly standing: Standing;
  /** When it ended, if it has. */
  readonly closedAt: EpochMs | undefined;
}

/** A command as it stands now. */
export function snapshotOf(
  { commandId, request, invocations, state }: CommandRecord,
  settings: Settings,
): CommandSnapshot {
  const standing = rollUpInvocations(state.rollout, settings);
  return { commandId, request, invocations, standing, closedAt: state.closedAt };
}
