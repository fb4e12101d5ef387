import type { CreateLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import { ok, refuse } from "../../result.ts";
import { GROUP_CLASS, GROUP_MEMBERS } from "../log-account.ts";
import { logsOperation } from "../logs-operation.ts";

/**
 * Creates an empty log group. An account needs this when its nodes may write to a group but not create one.
 *
 * - A group that exists already is refused [logs-seen-exists-2018], and so is a name that begins with `aws/` in any letters
 *   [logs-create-group] [logs-seen-reserved-2021].
 * - Every group is of class STANDARD; another class is refused with a message of ours. `kmsKeyId`, `tags` and
 *   `deletionProtectionEnabled` are ignored.
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
