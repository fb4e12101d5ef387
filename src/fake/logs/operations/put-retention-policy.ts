import type { PutRetentionPolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import { ok } from "../../result.ts";
import { findGroup, GROUP_MEMBERS } from "../log-account.ts";
import { logsOperation } from "../logs-operation.ts";

/** The days for which CloudWatch Logs can keep events, if not for ever. Source: [logs-put-retention]. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/**
 * Sets for how many days a log group keeps its events; DescribeLogGroups shows it. No event of the fake expires (our
 * decision: AWS takes up to 72 hours longer anyway [logs-put-retention]).
 */
export const putRetentionPolicy = logsOperation<PutRetentionPolicyRequest, object>(
  {
    logGroupName: { ...GROUP_MEMBERS.logGroupName, required: true },
    retentionInDays: { type: "integer", oneOf: RETENTION_DAYS, required: true },
  },
  ({ logGroupName, retentionInDays }, account) => {
    const group = findGroup(account, { logGroupName });
    if (!group.ok) return group;
    group.value.retentionInDays = retentionInDays;
    return ok({});
  },
);
