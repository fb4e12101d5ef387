import type { Settings } from "../../src/fake/engine/settings.ts";

/** The evidence for a setting: the numbers by which comments cite it, what is known, and what is not. */
export interface QuestionNote {
  readonly questions: readonly number[];
  readonly known: string;
  readonly unknown: string;
}

/** A note for every setting; a setting without one does not compile. */
export const SETTING_NOTES: Readonly<Record<keyof Settings, QuestionNote>> = {
  incompleteStatus: {
    questions: [1],
    known:
      "[guide-command-statuses] defines Incomplete as too few failures to be Failed, and `Status` has no word for it.",
    unknown: "No recording shows the pair.",
  },
  incompleteDetails: {
    questions: [2],
    known: "The definitions of Success and of Incomplete in [guide-command-statuses] both fit.",
    unknown: "Which of them the service takes.",
  },
  errorLimit: {
    questions: [3],
    known:
      "The numbers of [guide-send-multiple] say exceeded (0 stops after the first error, 3 at the fourth, 10 % of 50 at the sixth); with 0, [rec-2026-09-27-timeouts] agrees.",
    unknown:
      "What happens when errors equal a limit above 0; the prose of [guide-command-statuses] says reached.",
  },
  deliveryTimeoutLimit: {
    questions: [5],
    known: "One node, MaxErrors 0: TimedOut/DeliveryTimedOut [rec-2026-09-27-timeouts].",
    unknown:
      "Any mixture with successes: the prose of [guide-command-statuses] allows three results.",
  },
  limitPrecedence: {
    questions: [6],
    known:
      "For the plugins of one invocation, the agent puts Failed before TimedOut [agent-aggregator].",
    unknown: "Whether the service does the same with invocations.",
  },
  undeliverableAmongSuccess: {
    questions: [7],
    known:
      "[guide-command-statuses] has an example: four Undeliverable and one Success are Success.",
    unknown: "Whether that is so; [api-ssm-model] says that Undeliverable does not contribute.",
  },
  partialCancel: {
    questions: [13],
    known: "One node, cancelled: Cancelled/Cancelled [rec-2026-09-27-managed-execution].",
    unknown: "The details when some nodes were cancelled and others succeeded.",
  },
  percentRounding: {
    questions: [8],
    known: "10 % of 50 is 5 [guide-send-multiple].",
    unknown: "Every percentage that is not a whole number of nodes.",
  },
  delayedHoldsSlot: {
    questions: [10],
    known: "An invocation holds its place until it ends [rules-rate-control].",
    unknown: "Whether an invocation that waits for its node holds it, too.",
  },
  ramp: {
    questions: [9],
    known: "[guide-send-multiple] describes a start with one node, and growth from there.",
    unknown:
      "How it grows, and what it waits for: the end of the invocations before [guide-2018-send-multiple], or their acknowledgement [guide-send-multiple].",
  },
  terminatedAt: {
    questions: [11],
    known: "An alarm makes invocations Terminated while the command ends [rec-2026-10-01-alarms].",
    unknown: "When it happens after a stop by MaxErrors.",
  },
  showCancelling: {
    questions: [14],
    known:
      "`Cancelling` is a word of [api-ssm-model]; polls 3 s apart never saw it [rec-2026-09-27-managed-execution].",
    unknown: "Whether faster polls would see it.",
  },
  delayedStatus: {
    questions: [15],
    known: "GetCommandInvocation showed Pending beside Delayed [rec-2026-09-27-timeouts].",
    unknown: "What the lists show; `Delayed` is a word of `Status`, too.",
  },
  multiPluginRead: {
    questions: [20, 39],
    known:
      "[report-plugin-name-2018] tells of InvalidPluginName, [report-plugin-name-2024] of an answer without output.",
    unknown: "What a summary holds, and when each of the two comes.",
  },
  pendingInvocationQuota: {
    questions: [31],
    known:
      "The account has a quota [guide-command-statuses], and calls are throttled [rec-2026-09-27-documents].",
    unknown: "The numbers of both; `fake.faults` throttles on purpose.",
  },
  limitExceededStatus: {
    questions: [4],
    known:
      "[guide-command-statuses] says that such a command is cancelled before it runs anywhere.",
    unknown: "The `Status` beside it: Failed, or Cancelled.",
  },
  skippedStatus: {
    questions: [19],
    known:
      "The agent reports Skipped with code 0 [agent-run-plugins], for which the API has no word; one was seen as Success [rec-2019-remote-script].",
    unknown: "Whether every region and document shows it so.",
  },
  liveCounters: {
    questions: [35],
    known:
      "A command of two nodes kept all counters at 0 until it ended ([rec-2026-10-01-alarms], once).",
    unknown: "Whether that is always so; [api-ssm-model] reads like running totals.",
  },
  unstartedTimes: {
    questions: [28],
    known:
      "[rec-2026-09-27-timeouts] leaves them out; [api-get-command-invocation] says that they are empty.",
    unknown: "Whether older answers had them empty.",
  },
  unusableResponseCode: {
    questions: [29],
    known: "Terminated has -1 [rec-2026-10-01-alarms], and so has Undeliverable [fidelity-cases].",
    unknown: "Which code these two have.",
  },
  stoppedNodes: {
    questions: [27],
    known: "A stopped instance is InvalidInstanceId [rec-2026-09-27-managed-execution].",
    unknown: "Whether and when it is valid, as [api-ssm-model] says.",
  },
  untimedDocument: {
    questions: [25],
    known: "One step without a time-out counts 3600 s [rec-2020-list-commands].",
    unknown: "How several such steps count.",
  },
  omittedLogGroupEcho: {
    questions: [21],
    known: "The agent makes the default name, on the node [agent-message-util].",
    unknown: "What the service echoes until then.",
  },
  leadingSlash: {
    questions: [22],
    known: "[guide-cloudwatch-output] and [agent-message-util] have the slash.",
    unknown: "Whether [api-ssm-model] leaves out the slash by mistake.",
  },
  stderrLimit: {
    questions: [23],
    known:
      "16,312 characters came back whole [rec-2019-c7n-invocation]; the agent cuts both streams at 24,000 [agent-plugin-util].",
    unknown: "Whether the 8,000 of [api-get-command-invocation] hold anywhere.",
  },
  eventParameters: {
    questions: [43],
    known:
      "Three public programs that get the events parse a string [report-event-parameters], and one has that type [rules-notifications].",
    unknown: "Whether it ever was the object of [guide-event-examples].",
  },
  agentWorkers: {
    questions: [41],
    known: "The agent's own default is 5 [agent-constants].",
    unknown: "Who changes it on a node (`Mds.CommandWorkersLimit`).",
  },
  agentQueue: {
    questions: [42],
    known:
      "The agent's own default is 5 [agent-constants]; it takes no more, and is offered the others again [agent-processor] [agent-mds-interactor].",
    unknown:
      "Which details the service shows meanwhile: InProgress and then Delayed here, as for an agent that cannot be reached.",
  },
};

/** The questions that have no setting: what the fake does, and why. */
export const DECIDED_QUESTIONS: Readonly<
  Record<number, readonly [question: string, decision: string]>
> = {
  12: [
    "Do cancelled and terminated invocations use up MaxErrors?",
    "No: ErrorCount, by its definition in [api-ssm-model], does not count them.",
  ],
  16: [
    "Is a command ever Delayed?",
    "Never; it is InProgress. The `Status` of a command has no such word [api-ssm-model].",
  ],
  17: [
    "When is a node Undeliverable rather than Delayed?",
    'Only when a test says so: with `agent: "undeliverable"`, with `failDelivery()`, or when it removes the node. One that ran was seen to become Undeliverable; why, is not known.',
  ],
  18: ["What does a reply change that comes after DeliveryTimedOut?", "Nothing."],
  24: [
    "How long does AWS-RunPatchBaseline take to expire?",
    "By the formula: its three steps of 7200 s are added. [rec-2020-list-commands] shows less.",
  ],
  26: [
    "How many values may a target have: 5 or 50?",
    "50, as [api-ssm-model] says; [guide-send-multiple] says 5.",
  ],
  30: [
    "How long is a page, does a filter include its instant, and how is a wrong filter refused?",
    "50 items (10 for DescribeInstanceInformation [api-describe-instances]). InvokedAfter includes its instant, InvokedBefore does not. A wrong filter is InvalidFilterKey. Tokens do not expire.",
  ],
  32: [
    "How is a request refused that has both InstanceIds and Targets, or neither?",
    "With ValidationException and a message of ours; an empty InstanceIds beside Targets is accepted [rec-2026-09-27-managed-execution].",
  ],
  33: [
    "Which words for statuses do EventBridge's events have?",
    "Those of `Status`; [guide-event-examples] shows some of them.",
  ],
  44: [
    "Do the dates of EventBridge's events lose the zeros at their end, as those of SNS messages do?",
    "No: they have three digits, as in [guide-event-examples], where no digit is a zero.",
  ],
  45: [
    "What have `output-s3bucket-name` and `output-s3key-prefix` of an event without a bucket?",
    "An empty string, as the members of SNS messages do [guide-sns-examples].",
  ],
  34: ["Which of two records of one instant comes first?", "The one that was made later."],
  36: [
    "Is a command of one node that ran out of time ever ExecutionTimedOut?",
    "No: it is Failed ([rec-2026-09-27-timeouts], for MaxErrors 0), or Incomplete beside successes.",
  ],
  37: [
    "Is the message of an error in `message` or in `Message`?",
    "In `Message` where [api-ssm-model] has that member, as the recorded answers have it, else in `message`, as in errors that every service has (ValidationException). SDKs read both.",
  ],
  38: [
    "Which message does InvalidInstanceId have?",
    "That of [rec-2026-09-27-managed-execution], without ids. Public reports of 2021 to 2023 show the ids and the account.",
  ],
  40: [
    "How does a step count that ends exactly at its execution time-out?",
    "It has ended, and is not timed out.",
  ],
};
