import { it } from "vitest";
import { ABOUT_FLEETS_AND_STEPS } from "./complaints/fleets-and-steps.ts";
import { ABOUT_OUTPUT_AND_ENDS } from "./complaints/output-and-ends.ts";
import { ABOUT_SENDING } from "./complaints/sending.ts";
import { ABOUT_WAITING } from "./complaints/waiting.ts";

// What people complained about, numbered as it was collected in public threads. These numbers are left out, since a client
// cannot settle them:
//  5  a send by tag returns no ids: the service never fills that list; `invocations()` lists the nodes.
// 22  a CI job that is green although the script failed: a command-line tool's policy; `orThrow` is the client's part (14).
// 25  51 ids: refused with the cure (a row below), not split: MaxErrors cannot span two commands.
// 28  number formats of raw answers: the SDK reads them.
// 37  logs of the agent itself: they lie on the node, out of any client's reach.
// 41, 43, 45 to 51  testing: the fake's part, shown by its own tests. (42, 44 are the client's, too.)
// 52  Terraform and Ansible: out of scope.

it.each([...ABOUT_SENDING, ...ABOUT_WAITING, ...ABOUT_FLEETS_AND_STEPS, ...ABOUT_OUTPUT_AND_ENDS])(
  "$number: $fact ($source)",
  ({ check }) => check(),
);
