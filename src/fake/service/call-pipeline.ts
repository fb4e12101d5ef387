import { type Answer, refused } from "../../domain/refusal.ts";
import type { Duration } from "../../time/duration.ts";
import type { FakeFaults } from "./faults.ts";
import type { Reactors } from "./reactors.ts";
import type { RunCommandService } from "./run-command-service.ts";
import type { StallWatch } from "./stall-watch.ts";

/** What an adapter throws for an answer whose body is broken: it is cut on the wire, and no JSON as an object. */
export class BrokenBodyError extends SyntaxError {
  override readonly name = "SyntaxError";
}

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

  async call(operation: string, input: unknown): Promise<Answer<unknown>> {
    const { clock } = this.#service.account;
    if (this.#callTakes !== undefined) await clock.sleep(this.#callTakes);
    const fault = this.#faults.draw(operation);
    if (fault !== undefined) {
      this.#service.journal.recordFault({ at: clock.now(), operation, input, fault: fault.type });
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
        throw new BrokenBodyError("Unexpected end of JSON input");
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
