import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { waitForTerminal } from "../../../src/client/waiting/wait-for-terminal.ts";
import type { WaitOptions } from "../../../src/client/waiting/wait-options.ts";
import { type Duration, toMs } from "../../../src/time/duration.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import {
  aCommand,
  anInvocation,
  COMMAND_ID,
  pageOf,
  scriptedApi,
} from "../../support/scripted-api.ts";

const NODE = "i-0123456789abcdef0";

/** What the service says during a wait. */
export interface Script {
  /** When the command ends. @default never */
  readonly endsAfter?: Duration;
  /** When ListCommands begins to show it. @default at once */
  readonly visibleAfter?: Duration;
  /** How it ends. */
  readonly end?: Partial<Command>;
  /** What the filter by ExecutionStage says. @default true */
  readonly isComplete?: boolean;
  /** Members that it has all along. */
  readonly command?: Partial<Command>;
  /** What ListCommandInvocations finds, at its n-th complete reading. */
  readonly invocations?: (reading: number) => readonly CommandInvocation[];
  /** What the n-th call of all throws instead of answering. */
  readonly trouble?: (call: number) => Error | undefined;
}

/** A command on a clock, as a waiter sees it. Random numbers are 0.5, so the first waits are 1 s, 1.5 s, 2.25 s, … */
export function aWait(script: Script) {
  const { invocations = () => [anInvocation(NODE)], trouble = () => undefined } = script;
  const clock = new ManualClock();
  const has = (after: Duration | undefined) =>
    after !== undefined && clock.elapsed() >= toMs(after);
  let call = 0;
  let readings = 0;
  const stumble = () => {
    const error = trouble(++call);
    if (error !== undefined) throw error;
  };
  const api = scriptedApi({
    listCommands: ({ Filters }) => {
      stumble();
      if (Filters !== undefined && script.isComplete === false) return { Commands: [] };
      if (!has(script.visibleAfter ?? "0s")) return { Commands: [] };
      const end = has(script.endsAfter) && { Status: "Success" as const, ...script.end };
      return { Commands: [aCommand({ ...script.command, ...end })] };
    },
    listCommandInvocations: ({ NextToken }) => {
      stumble();
      if (NextToken === undefined) readings++;
      const { items, ...token } = pageOf(invocations(readings), NextToken);
      return { CommandInvocations: items, ...token };
    },
  });
  const wait = (options?: WaitOptions) =>
    waitForTerminal({ api, clock, random: () => 0.5 }, COMMAND_ID, options);
  return { clock, api, wait };
}
