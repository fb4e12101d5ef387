import type {
  Command,
  CommandInvocation,
  ListCommandInvocationsCommandInput,
  ListCommandInvocationsResult,
  ListCommandsCommandInput,
  ListCommandsResult,
} from "@aws-sdk/client-ssm";
import { paginate } from "./paginate.ts";

/** Commands, page by page. */
export function commandsOf(
  input: ListCommandsCommandInput,
  ask: (page: ListCommandsCommandInput) => Promise<ListCommandsResult>,
  signal?: AbortSignal,
): AsyncGenerator<Command, void, undefined> {
  return paginate(input, {
    operation: "ListCommands",
    ask,
    items: (page) => page.Commands,
    signal,
  });
}

/** Invocations, page by page. */
export function invocationsOf(
  input: ListCommandInvocationsCommandInput,
  ask: (page: ListCommandInvocationsCommandInput) => Promise<ListCommandInvocationsResult>,
  signal?: AbortSignal,
): AsyncGenerator<CommandInvocation, void, undefined> {
  return paginate(input, {
    operation: "ListCommandInvocations",
    ask,
    items: (page) => page.CommandInvocations,
    signal,
  });
}

/** The first item, on whichever page it is: the first page may be empty, and have a token. */
export async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  for await (const item of items) return item;
  return undefined;
}
