import {
  type CommandContext,
  type CommandEvent,
  newCommand,
  nextCommand,
} from "../../../src/fake/engine/command.ts";
import type { RateLimits } from "../../../src/fake/engine/rollout.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/fake/engine/settings.ts";
import { deepFreeze } from "../../support/deep-freeze.ts";

/** When every command of these tests is sent, and when it expires. */
export const SENT_AT = 1_000_000;
export const EXPIRES_AT = SENT_AT + 60_000;

/** No two are equal, so that none can be mistaken for another. */
export const LATENCY = {
  visibilityDelay: 1_000,
  targetExpansionDelay: 2_000,
  idExpansionDelay: 500,
  expirySweepLag: 3_000,
  alarmPollEvery: 4_000,
} as const;

interface Given extends Partial<Omit<CommandContext, "limits" | "settings">> {
  readonly limits?: Partial<RateLimits>;
  readonly settings?: Partial<Settings>;
}

/** What the rules of a command to three nodes depend on. */
export function aContext({ limits, settings, ...more }: Given = {}): CommandContext {
  return deepFreeze({
    requestedAt: SENT_AT,
    expiresAt: EXPIRES_AT,
    nodes: 3,
    hasTargetsOfIds: false,
    alarm: undefined,
    latency: LATENCY,
    ...more,
    limits: { maxConcurrency: "50", maxErrors: "0", ...limits },
    settings: { ...DEFAULT_SETTINGS, ...settings },
  });
}

/** The command after these events, and the effects of the last of them. */
export function commandAfter(context: CommandContext, ...events: readonly CommandEvent[]) {
  let step = deepFreeze(newCommand(context));
  for (const event of events) {
    step = deepFreeze(nextCommand(step[0], deepFreeze(event), context));
  }
  return step;
}

/** The alarm that is watched. */
export const ALARM = { name: "errors", ignoresFailure: false } as const;
