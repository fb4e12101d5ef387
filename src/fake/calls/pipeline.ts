import type { Duration } from "../../time/duration.ts";
import { type Answer, refused } from "../result.ts";
import type { RunCommandService } from "../ssm/ssm-service.ts";
import type { FakeFaults } from "./faults.ts";
import type { Reactors } from "./handlers.ts";
import type { StallWatch } from "./stall-watch.ts";

/** An answer whose body breaks on its way: cut on the wire, and no JSON for whoever reads it as an object. */
export const BROKEN_BODY = "broken body";

/** What a call comes to for an adapter. */
export type CallAnswer = Answer<unknown> | typeof BROKEN_BODY;

/** What stands between an adapter and the service: time that a call takes, faults, reactors. */
export class CallPipeline {
  readonly #service: RunCommandService;
  readonly #faults: FakeFaults;
  readonly #reactors: Reactors;
  readonly #stalls: StallWatch;
  readonly #callTakes: Duration | undefined;

  constructor(
    service: RunCommandService,
    options: {
      readonly faults: FakeFaults;
      readonly reactors: Reactors;
      readonly stalls: StallWatch;
      readonly callTakes: Duration | undefined;
    },
  ) {
    this.#service = service;
    this.#faults = options.faults;
    this.#reactors = options.reactors;
    this.#stalls = options.stalls;
    this.#callTakes = options.callTakes;
  }

  /** @throws An error with the code `ECONNRESET` for a connection that breaks off, as a real handler of the SDK does. */
  async call(operation: string, input: unknown): Promise<CallAnswer> {
    const { clock } = this.#service.account;
    if (this.#callTakes !== undefined) await clock.sleep(this.#callTakes);
    const fault = this.#faults.draw(operation);
    if (fault !== undefined) {
      const name = fault.type === "refuse" ? { name: fault.name } : {};
      const struck = { at: clock.now(), operation, input, fault: fault.type, ...name };
      this.#service.journal.recordFault(struck);
    }
    switch (fault?.type) {
      case "refuse":
        return refused(fault.name, fault.message);
      case "resetConnection":
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      case "delay":
        await clock.sleep(fault.by);
        return this.#answer(operation, input);
      case "breakBody":
        await this.#answer(operation, input);
        return BROKEN_BODY;
      default:
        return this.#answer(operation, input);
    }
  }

  async #answer(operation: string, input: unknown): Promise<Answer<unknown>> {
    const { clock } = this.#service.account;
    const reaction = await this.#reactors.react({ operation, input, at: clock.now() });
    if (reaction !== undefined) {
      const refusal = "refusal" in reaction ? reaction.refusal : undefined;
      this.#service.journal.record({ at: clock.now(), operation, input, refusal });
      return "answer" in reaction
        ? { ok: true, answer: reaction.answer }
        : { ok: false, refusal: reaction.refusal };
    }
    const answer = await this.#service.call(operation, input);
    this.#watch(input);
    return answer;
  }

  /** Whoever reads an open command again and again without time moving is stuck. */
  #watch(input: unknown): void {
    if (typeof input !== "object" || input === null || !("CommandId" in input)) return;
    const command = this.#service.account.commands.get(String(input.CommandId));
    if (command !== undefined && command.closedAt === undefined) {
      this.#stalls.sawOpen(command.commandId);
    }
  }
}
