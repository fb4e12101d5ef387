import { awsWaiter } from "./aws-waiter.ts";
import { commandStatus } from "./command-status.ts";
import { counters } from "./counters.ts";
import { detailsInProgress } from "./details-in-progress.ts";
import { errorIsNotYet } from "./error-is-not-yet.ts";
import { firstNode } from "./first-node.ts";
import { firstPage } from "./first-page.ts";
import { oneLook } from "./one-look.ts";
import type { Pattern } from "./pattern.ts";
import { successOrFailed } from "./success-or-failed.ts";
import { tenTries } from "./ten-tries.ts";
import { waitForTerminal } from "./wait-for-terminal.ts";

/** What the page compares: nine ways of public code, AWS's waiter, and our own client. */
export const PATTERNS: readonly Pattern[] = [
  {
    title: "One node stands for all",
    says: "Asks for the invocation of the first node every five seconds, until its status is neither Pending nor InProgress. What the other nodes do is never looked at, and an invocation that is not there yet is an error.",
    run: firstNode,
    file: "first-node.ts",
    shownIn: "the last of three nodes fails",
  },
  {
    title: "Until Success, or Failed",
    says: "Asks for node after node until it is a Success, and throws when it is Failed. It was forgotten that a node can end as TimedOut or Cancelled, too.",
    run: successOrFailed,
    file: "success-or-failed.ts",
    shownIn: "another caller cancels it",
  },
  {
    title: "All of the first page",
    says: "Lists the invocations until none of them is Pending or InProgress, and says whether all are a Success. Nobody asks for a second page, and of an empty list all are.",
    run: firstPage,
    file: "first-page.ts",
    shownIn: "one of 51 nodes fails, on the second page",
  },
  {
    title: "The command, unless Failed",
    says: "Lists the command until its status is one of four that end it, and says that all is well unless that is Failed. Cancelled and TimedOut are ends, and pass; so does a Success whose details say Incomplete.",
    run: commandStatus,
    file: "command-status.ts",
    shownIn: "another caller cancels it",
  },
  {
    title: "Ten tries, then on",
    says: "Looks ten times, two seconds apart, and throws if a node has Failed. When the tries are used up, it goes on as if the command were done.",
    run: tenTries,
    file: "ten-tries.ts",
    shownIn: "the script fails after 90 s",
  },
  {
    title: "Sleep, then one look",
    says: "Sleeps for as long as the script usually takes, and looks once at each node. What is not a Success by then has failed.",
    run: oneLook,
    file: "one-look.ts",
    shownIn: "the script takes 90 s",
  },
  {
    title: "Counters that match",
    says: "Lists the command until as many nodes are completed as are targets, and says that all is well if ErrorCount is 0. Nodes that nothing was delivered to, that were cancelled or terminated, are completed and no errors.",
    run: counters,
    file: "counters.ts",
    shownIn: "the node is offline until the command expires",
  },
  {
    title: "An error means not yet",
    says: "Asks for all nodes side by side, and takes any error for an invocation that is not there yet. It knows every status; but an access that is denied, or a token that has expired, it waits for for ever.",
    run: errorIsNotYet,
    file: "error-is-not-yet.ts",
    shownIn: "looks are denied while the command runs",
  },
  {
    title: "Details that are not open",
    says: "Reads every page, by StatusDetails, until none is Pending or InProgress. Delayed is neither, and counts as an end, although the node may still come back and run the script.",
    run: detailsInProgress,
    file: "details-in-progress.ts",
    shownIn: "the node is Delayed, and comes back",
  },
  {
    title: "AWS's waiter, for each node",
    says: "Calls waitUntilCommandExecuted of AWS's SDK for every node, side by side, for at most two hours. The waiter tries again after every error, so that it finds out after two hours that its token has expired, and throws where a node is no Success, whatever the command is.",
    run: awsWaiter,
    file: "aws-waiter.ts",
    shownIn: "a node is replaced while it runs",
  },
  {
    title: "waitForTerminal() of this package",
    says: "Sends by RunCommandClient, and waits for the outcome. It asks for the command and for all pages, and never sends twice.",
    run: waitForTerminal,
    file: "wait-for-terminal.ts",
  },
];
