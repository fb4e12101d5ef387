import type { Settings } from "../../src/fake/engine/settings.ts";

/** What stands behind a setting: the numbers that comments cite it by, what is known, and what is not. */
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
      "The guide defines Incomplete as too few failures to be Failed, and `Status` has no word for it.",
    unknown: "No recording shows the pair.",
  },
  incompleteDetails: {
    questions: [2],
    known: "The guide's definitions of Success and of Incomplete both fit.",
    unknown: "Which of them the service takes.",
  },
  errorLimit: {
    questions: [3],
    known:
      "The guide's numbers say exceeded (0 stops after the first error, 3 at the fourth, 10 % of 50 at the sixth); with 0, recordings agree.",
    unknown: "Errors that equal a limit above 0; the guide's prose says reached.",
  },
  deliveryTimeoutLimit: {
    questions: [5],
    known: "One node, MaxErrors 0: TimedOut/DeliveryTimedOut (recorded 2026-09).",
    unknown: "Any mixture with successes: the prose allows three results.",
  },
  limitPrecedence: {
    questions: [6],
    known: "For the plugins of one invocation, the agent puts Failed before TimedOut.",
    unknown: "Whether the service does the same with invocations.",
  },
  undeliverableAmongSuccess: {
    questions: [7],
    known: "The guide of 2023 counts: four Undeliverable and one Success are Success.",
    unknown: "Whether that is so; the API reference says that Undeliverable does not contribute.",
  },
  partialCancel: {
    questions: [13],
    known: "One node, cancelled: Cancelled/Cancelled (recorded 2026-09).",
    unknown: "Everything about some nodes cancelled beside others that succeeded.",
  },
  percentRounding: {
    questions: [8],
    known: "10 % of 50 is 5 (documented).",
    unknown: "Every percentage that is no whole number of nodes.",
  },
  delayedHoldsSlot: {
    questions: [10],
    known: "An invocation holds its place until it ends.",
    unknown: "Whether one that waits for its node does, too.",
  },
  ramp: {
    questions: [9],
    known: "The guide describes a start with one node, growing from there.",
    unknown:
      "How it grows, and what it waits for: the guide of 2018 says the end of those before, that of 2023 their acknowledgement.",
  },
  terminatedAt: {
    questions: [11],
    known: "An alarm makes invocations Terminated while the command ends (recorded 2026-10-01).",
    unknown: "The moment after a stop by MaxErrors.",
  },
  showCancelling: {
    questions: [14],
    known: "`Cancelling` is a word of the API; polls 3 s apart never saw it (recorded 2026-09).",
    unknown: "Whether a faster poll would.",
  },
  delayedStatus: {
    questions: [15],
    known: "GetCommandInvocation showed Pending beside Delayed (recorded 2026-09).",
    unknown: "What the lists show; `Delayed` is a word of `Status`, too.",
  },
  multiPluginRead: {
    questions: [20, 39],
    known:
      "Reports of 2018 and 2020 tell of InvalidPluginName, one of 2024 of an answer without output.",
    unknown: "What a summary holds, and when which of them comes.",
  },
  pendingInvocationQuota: {
    questions: [31],
    known: "There is a quota of the account, and calls are throttled.",
    unknown: "The numbers of both; `fake.faults` throttles on purpose.",
  },
  limitExceededStatus: {
    questions: [4],
    known: "The guide says that such a command is cancelled before it runs anywhere.",
    unknown: "The `Status` beside it: Failed, or Cancelled.",
  },
  skippedStatus: {
    questions: [19],
    known: "The agent reports Skipped with code 0, for which the API has no word.",
    unknown: "What the service makes of it; a third party's note says Success.",
  },
  liveCounters: {
    questions: [35],
    known:
      "A command of two nodes kept all counters at 0 until it ended (recorded 2026-10-01, once).",
    unknown: "Whether that is always so; the API reference reads like running totals.",
  },
  unstartedTimes: {
    questions: [28],
    known: "Recordings of 2026-09 leave them out; the API reference says empty.",
    unknown: "Whether older answers had them empty.",
  },
  unusableResponseCode: {
    questions: [29],
    known: "Undeliverable and Terminated have -1 (recorded).",
    unknown: "What these two have.",
  },
  stoppedNodes: {
    questions: [27],
    known: "InvalidInstanceId for a stopped instance (recorded 2026-09).",
    unknown: "When, if ever, the API reference is right, which calls it valid.",
  },
  untimedDocument: {
    questions: [25],
    known: "One step without a time-out counts 3600 s (documented by examples).",
    unknown: "Several such steps.",
  },
  omittedLogGroupEcho: {
    questions: [21],
    known: "The default name is made on the node, by the agent.",
    unknown: "What the service echoes meanwhile.",
  },
  leadingSlash: {
    questions: [22],
    known: "The guide and the agent's source have the slash.",
    unknown: "Whether the API reference, which has none, is more than a slip.",
  },
  stderrLimit: {
    questions: [23],
    known:
      "16,312 characters came back whole (recorded 2019); the agent cuts both streams at 24,000.",
    unknown: "Whether the documented 8,000 hold anywhere.",
  },
};

/** The questions that have no setting: what the fake does, and why. */
export const DECIDED_QUESTIONS: Readonly<
  Record<number, readonly [question: string, decision: string]>
> = {
  12: [
    "Do cancelled and terminated invocations use up MaxErrors?",
    "No: ErrorCount, by its definition, does not count them.",
  ],
  16: [
    "Is a command ever Delayed?",
    "Never; it is InProgress. `Status` of a command has no such word.",
  ],
  17: [
    "When is a node Undeliverable rather than Delayed?",
    'Only when it is said to be: `agent: "undeliverable"`, or a node that is removed.',
  ],
  18: ["What does a reply do that comes after DeliveryTimedOut?", "Nothing."],
  24: [
    "How long does AWS-RunPatchBaseline take to expire?",
    "By the formula: its three steps of 7200 s are added. A sample of 2020 shows less.",
  ],
  26: [
    "How many values may a target have: 5 or 50?",
    "50, as the API reference says; the guide says 5.",
  ],
  30: [
    "How long is a page, what are the bounds of a filter, what is said to a wrong one?",
    "50 items (10 for DescribeInstanceInformation, documented); InvokedAfter includes its instant, InvokedBefore does not; InvalidFilterKey. Tokens do not age.",
  ],
  32: [
    "What is said to InstanceIds beside Targets, and to neither?",
    "ValidationException with a text of ours; an empty InstanceIds beside Targets is taken (recorded 2026-09).",
  ],
  33: ["Which words do EventBridge's events have?", "Those of `Status`."],
  34: ["Which comes first of two records of one instant?", "The one that was made later."],
  36: [
    "Is a command of one node that ran out of time ever ExecutionTimedOut?",
    "No: it is Failed (recorded 2026-09 for MaxErrors 0), or Incomplete beside successes.",
  ],
  37: [
    "Is the text of an error in `message` or in `Message`?",
    "In `Message` where the model has that member, else in `message`. SDKs read both.",
  ],
  38: [
    "Which text has InvalidInstanceId?",
    "That of 2026-09, without ids. Reports of 2021 to 2023 show the ids and the account.",
  ],
  40: [
    "What of a step that ends exactly at its execution time-out?",
    "It has ended, and is not timed out.",
  ],
};
