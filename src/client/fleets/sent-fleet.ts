import type { Sending } from "../once/send-once.ts";
import type { SendRequest } from "../requests/requests.ts";
import { type SentCommand, sentCommand } from "../sent-command.ts";
import { fleetApi } from "./fleet-api.ts";
import { merged } from "./merged-command.ts";

/**
 * What {@link RunCommandClient.sendAll} sent: one handle for all parts. Of several parts, `commandId` is their ids, joined by
 * `", "`, and `command` is what one command for all of them would be: counts added up, limits as the request has them, its
 * other members those of the first part.
 *
 * @example
 * ```ts
 * const InstanceIds = Array.from({ length: 120 }, () => fake.nodes.add().instanceId);
 * const sent: SentFleet = await runCommand.sendAll({ ...runShellScript("uptime"), InstanceIds });
 * sent.parts.length; //=> 3
 * ```
 */
export interface SentFleet extends SentCommand {
  /** The ids of the parts, joined by `", "`: with one part it is an id, with more of them none that AWS takes. */
  readonly commandId: string;
  /** The commands, of at most fifty nodes each. */
  readonly parts: readonly SentCommand[];
}

/** The handle of what was sent in parts, of which there is one at least. */
export function sentFleet(
  { waiter, over }: Sending,
  parts: readonly SentCommand[],
  request: SendRequest,
): SentFleet {
  const commands = parts.map(({ command }) => command);
  const keeper = over(fleetApi(waiter.api, parts, request));
  const adopted = parts.every((part) => part.adopted);
  return { ...sentCommand(keeper, merged(commands, request), adopted), parts };
}
