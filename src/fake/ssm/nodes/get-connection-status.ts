import type { GetConnectionStatusRequest, GetConnectionStatusResponse } from "@aws-sdk/client-ssm";
import { ok } from "../../result.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * GetConnectionStatus: whether a node is running and could be reached by Session Manager [api-get-connection-status]. Here
 * that is a node whose agent takes commands at this moment (our decision). A node that does not exist is not connected
 * [rec-2026-09-27-control-edges].
 */
export const getConnectionStatus = ssmOperation<
  GetConnectionStatusRequest,
  GetConnectionStatusResponse
>(
  { Target: { type: "string", min: 1, max: 400, required: true } },
  ({ Target }, { account: { nodes } }) => {
    const isConnected = nodes.get(Target)?.isReachable === true;
    return ok({ Target, Status: isConnected ? "connected" : "notconnected" });
  },
);
