import type { DrivenClock } from "../../time/clock.ts";
import { seededRandom } from "../../time/random.ts";
import { type Account, CommandStore } from "../account/account.ts";
import { FakeAlarms } from "../account/alarms.ts";
import { DocumentStore } from "../account/document-store.ts";
import { FakeGroups } from "../account/groups.ts";
import type { Delays } from "../account/latency.ts";
import { FakeNodes, type NodeOptions } from "../account/nodes.ts";
import { FakeObjects } from "../account/objects.ts";
import { FakeParameters } from "../account/parameters.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { checkRequest } from "../calls/check-request.ts";
import { Journal } from "../calls/journal.ts";
import type { OpenQuestions } from "../engine/settings.ts";
import { LogStore } from "../logs/log-store.ts";
import { type Answer, refused } from "../result.ts";
import { RunLoop } from "../runtime/command-runner.ts";
import { Deadlines } from "../runtime/deadlines.ts";
import { Works } from "../runtime/pending-behaviors.ts";
import { cancelCommand } from "./commands/cancel-command.ts";
import { getCommandInvocation } from "./commands/get-command-invocation.ts";
import { listCommandInvocations } from "./commands/list-command-invocations.ts";
import { listCommands } from "./commands/list-commands.ts";
import { sendCommand } from "./commands/send-command.ts";
import { createDocument } from "./documents/create-document.ts";
import { deleteDocument } from "./documents/delete-document.ts";
import { describeDocument } from "./documents/describe-document.ts";
import { getDocument } from "./documents/get-document.ts";
import { listDocuments } from "./documents/list-documents.ts";
import { updateDocument } from "./documents/update-document.ts";
import { updateDocumentDefaultVersion } from "./documents/update-document-default-version.ts";
import { isOperation, OPERATIONS, type Operation, REQUEST_CONSTRAINTS } from "./members.ts";
import { describeInstanceInformation } from "./nodes/describe-instance-information.ts";
import {
  addTagsToResource,
  listTagsForResource,
  removeTagsFromResource,
} from "./tags/resource-tags.ts";

/** What the simulated account is made with. */
export interface ServiceOptions {
  readonly clock: DrivenClock;
  readonly region: string;
  readonly accountId: string;
  readonly seed: number;
  readonly rules: OpenQuestions;
  readonly delays: Delays;
  readonly behavior: AgentBehavior;
  readonly nodes: readonly NodeOptions[];
  readonly journalSize: number;
  readonly warnAfterMs: number;
}

const HANDLERS = {
  SendCommand: sendCommand,
  CancelCommand: cancelCommand,
  GetCommandInvocation: getCommandInvocation,
  ListCommands: listCommands,
  ListCommandInvocations: listCommandInvocations,
  DescribeInstanceInformation: describeInstanceInformation,
  ListDocuments: listDocuments,
  DescribeDocument: describeDocument,
  GetDocument: getDocument,
  CreateDocument: createDocument,
  UpdateDocument: updateDocument,
  UpdateDocumentDefaultVersion: updateDocumentDefaultVersion,
  DeleteDocument: deleteDocument,
  AddTagsToResource: addTagsToResource,
  RemoveTagsFromResource: removeTagsFromResource,
  ListTagsForResource: listTagsForResource,
} as const satisfies Record<Operation, unknown>;

/** The service: it keeps the account, moves it with the clock, and answers one question, {@link RunCommandService.call}. */
export class RunCommandService {
  readonly account: Account;
  readonly journal: Journal;
  readonly #options: ServiceOptions;
  readonly #loop: RunLoop;
  readonly #works: Works;

  constructor(options: ServiceOptions) {
    const { clock, region, accountId, rules, delays, behavior, journalSize } = options;
    this.#options = options;
    this.journal = new Journal(journalSize);
    this.#works = new Works(clock, options.warnAfterMs);
    this.account = {
      clock,
      region,
      accountId,
      rules,
      delays,
      random: randomFrom(options.seed),
      behavior,
      nodes: new FakeNodes(behavior, {
        now: () => clock.now(),
        beforeChange: () => this.runDue(),
        cameBack: (node) => this.#loop.cameBack(node),
        removed: (node) => {
          if (this.account.nodes.delete(node)) this.#loop.removed(node);
        },
      }),
      alarms: new FakeAlarms(() => this.runDue()),
      groups: new FakeGroups(() => this.runDue()),
      commands: new CommandStore(),
      deadlines: new Deadlines(clock, (deadline) => this.#loop.fallDue(deadline)),
      logs: new LogStore(),
      objects: new FakeObjects(() => this.runDue()),
      documents: new DocumentStore({ region, accountId }, () => clock.now()),
      parameters: new FakeParameters(() => this.runDue()),
    };
    this.#loop = new RunLoop(this.account, this.#works);
    for (const node of options.nodes) this.account.nodes.add(node);
  }

  /**
   * Answers a call. What is due at this moment comes first, and so does whatever a behavior is still thinking about while
   * time stands still. A behavior that threw is the test author's mistake: it is thrown here, once.
   *
   * @param input - The request as JSON; the service keeps it.
   */
  async call(operation: string, input: unknown): Promise<Answer<unknown>> {
    await this.settle();
    const given = this.#answer(operation, input);
    const answer = "ok" in given ? given : await this.#heldUntil(given);
    this.journal.record({
      at: this.account.clock.now(),
      operation,
      input,
      refusal: answer.ok ? undefined : answer.refusal,
    });
    return answer;
  }

  /** Runs what is due. */
  runDue(): void {
    this.account.deadlines.runDue();
  }

  /** Runs what is due, and waits for the behaviors that hold time still. */
  async settle(): Promise<void> {
    this.runDue();
    for (let held = this.#works.held(); held !== undefined; held = this.#works.held()) {
      await held;
      this.runDue();
    }
    this.#works.throwFailure();
  }

  /** Ends what is under way and begins again as constructed. */
  async reset(): Promise<void> {
    const { deadlines, commands, logs, objects, documents } = this.account;
    const { parameters, alarms, groups, nodes, random } = this.account;
    deadlines.clear();
    commands.clear();
    this.#loop.clear();
    await this.#works.end();
    // What ended just now may have scheduled something.
    deadlines.clear();
    for (const each of [logs, objects, documents, parameters, alarms, groups, nodes]) each.clear();
    this.journal.clear();
    Object.assign(random, randomFrom(this.#options.seed));
    for (const node of this.#options.nodes) nodes.add(node);
  }

  /** An answer that takes a moment of real time, as the content of documents does, takes none of the clock's. */
  async #heldUntil(pending: Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const release = this.account.clock.hold?.();
    try {
      return await pending;
    } finally {
      release?.();
    }
  }

  #answer(operation: string, input: unknown): Answer<unknown> | Promise<Answer<unknown>> {
    if (!isOperation(operation)) {
      return refused(
        "UnknownOperationException",
        `FakeSsm does not answer ${operation}. It answers ${OPERATIONS.join(", ")}.`,
      );
    }
    const refusal = checkRequest(input, REQUEST_CONSTRAINTS[operation]);
    if (refusal !== undefined) return { ok: false, refusal };
    // The constraints of the operation hold, so the input is that operation's request.
    return HANDLERS[operation](input as never, { account: this.account, loop: this.#loop });
  }
}

function randomFrom(seed: number): Account["random"] {
  return {
    ids: seededRandom(seed),
    behaviors: seededRandom(seed ^ 0x5bd1e995),
    faults: seededRandom(seed ^ 0x1b873593),
  };
}
