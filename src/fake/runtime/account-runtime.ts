import { DRIVEN, realTime } from "../../time/clock.ts";
import {
  type Account,
  type AccountOptions,
  clearAccount,
  openAccount,
} from "../account/account.ts";
import { CommandRunner } from "./command-runner.ts";
import { Mistakes } from "./mistakes.ts";
import { PendingBehaviors } from "./pending-behaviors.ts";

/** Options of an account and its runtime. */
export interface RuntimeOptions extends AccountOptions {
  /** Real time in milliseconds that a behavior may hold virtual time still before there is a warning. */
  readonly warnAfterMs: number;
}

/** An account, and what moves it as its clock does. */
export class AccountRuntime {
  readonly account: Account;
  readonly runner: CommandRunner;
  readonly #options: RuntimeOptions;
  /** Mistakes of the test that show when a command runs. */
  readonly mistakes = new Mistakes();
  readonly #behaviors: PendingBehaviors;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#behaviors = new PendingBehaviors(options.clock, options.warnAfterMs);
    this.account = openAccount(options, {
      beforeChange: () => this.runDue(),
      cameBack: (node) => this.runner.cameBack(node),
      undelivered: (node) => this.runner.undelivered(node),
      removed: (node) => {
        if (this.account.nodes.delete(node)) this.runner.removed(node);
      },
    });
    this.runner = new CommandRunner(this.account, {
      behaviors: this.#behaviors,
      mistakes: this.mistakes,
    });
    for (const node of options.nodes) this.account.nodes.add(node);
  }

  /** Runs what is due. */
  runDue(): void {
    this.runner.runDue();
  }

  /**
   * Runs what is due, and waits for the behaviors that hold time still. If a behavior threw, which is a mistake in the
   * test, its error is thrown here, once; so are other mistakes that have shown.
   */
  async settle(): Promise<void> {
    if (!this.runner.runSome()) await this.#runRest();
    for (let held = this.#behaviors.held(); held !== undefined; held = this.#behaviors.held()) {
      await held;
      if (!this.runner.runSome()) await this.#runRest();
    }
    this.#behaviors.throwFailure();
    this.mistakes.throwAtCall();
  }

  /** Runs the rest of what is due, part by part, so that other code gets its turns. */
  async #runRest(): Promise<void> {
    do await this.holdUntil(realTime.nextTurn());
    while (!this.runner.runSome());
  }

  /** Holds virtual time still while something takes real time, such as reading the content of a document. */
  async holdUntil<T>(pending: Promise<T>): Promise<T> {
    const release = this.account.clock[DRIVEN]?.hold?.();
    try {
      return await pending;
    } finally {
      release?.();
    }
  }

  /** Ends what is under way and starts over as constructed, even if something could not be ended well; that is thrown. */
  async reset(): Promise<void> {
    this.runner.clear();
    this.account.commands.clear();
    // At once: what was published before is not told to anybody after this.
    this.account.changes.clear();
    this.mistakes.clear();
    try {
      await this.#behaviors.end();
    } finally {
      // The work that has just ended may have scheduled something.
      this.runner.clear();
      clearAccount(this.account, this.#options.seed);
      for (const node of this.#options.nodes) this.account.nodes.add(node);
    }
  }
}
