import type { CreateLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import { ok, refuse } from "../../result.ts";
import { GROUP_CLASS, GROUP_MEMBERS } from "../log-account.ts";
import { logsOperation } from "../logs-operation.ts";

/**
 * Makes an empty log group. It is what an account needs whose nodes may write to a group but not make it.
 *
 * - A group that is there already is refused (AWS's text), and so is a name that begins with `aws/` in any letters (AWS's
 *   page; the text was seen).
 * - Every group is of class STANDARD; another one is refused with a sentence of ours. `kmsKeyId`, `tags` and
 *   `deletionProtectionEnabled` are passed over.
 */
export const createLogGroup = logsOperation<CreateLogGroupRequest, object>(
  {
    logGroupName: { ...GROUP_MEMBERS.logGroupName, required: true },
    kmsKeyId: { type: "string" },
    tags: { type: "map", of: { type: "string" } },
    logGroupClass: GROUP_CLASS,
    deletionProtectionEnabled: { type: "boolean" },
  },
  ({ logGroupName, logGroupClass = "STANDARD" }, account) => {
    if (/^aws\//i.test(logGroupName)) {
      return refuse(
        "InvalidParameterException",
        "Log groups starting with AWS/ are reserved for AWS.",
      );
    }
    if (logGroupClass !== "STANDARD") {
      return refuse(
        "InvalidParameterException",
        `The fake of CloudWatch Logs has log groups of the class STANDARD only, and was asked for one of ${logGroupClass}. Leave logGroupClass out.`,
      );
    }
    if (account.store.group(logGroupName) !== undefined) {
      return refuse("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    account.store.createGroup(logGroupName, account.now());
    return ok({});
  },
);
