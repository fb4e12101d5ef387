import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { type ServedFakeSsm, serveFakeSsm } from "ssm-run-command/fake/node";
import { afterAll, beforeAll } from "vitest";
import { SCRIPT } from "../contract/contract-account.ts";

/** A fake that is served while the tests of a group run. */
export class ServedAccount {
  readonly fake: FakeSsm;
  #served: ServedFakeSsm | undefined;

  constructor(options: FakeSsmOptions) {
    this.fake = new FakeSsm(options);
    beforeAll(async () => {
      this.#served = await serveFakeSsm(this.fake, { log: () => {} });
    });
    afterAll(async () => {
      await this.#served?.close();
    });
  }

  /** Where clients find it. */
  get url(): string {
    if (this.#served === undefined) throw new Error("Nothing is served before the tests begin.");
    return this.#served.url;
  }

  /** Sends a command by the object's own method, and returns its id. */
  async send(request: Partial<Parameters<FakeSsm["sendCommand"]>[0]> = {}): Promise<string> {
    const { Command } = await this.fake.sendCommand({ ...SCRIPT, ...request });
    return Command!.CommandId!;
  }
}
