import type { GetParameterRequest, GetParameterResult } from "@aws-sdk/client-ssm";
import { ok } from "../../result.ts";
import { flag } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { findParameter, parameterName, toParameter } from "./stored-parameter.ts";

/** GetParameter: one parameter of `fake.parameters`, its newest version or the one that the request names. */
export const getParameter = ssmOperation<GetParameterRequest, GetParameterResult>(
  { Name: { ...parameterName, required: true }, WithDecryption: flag },
  ({ Name, WithDecryption: isDecrypted = false }, { account }) => {
    const found = findParameter(Name, account);
    if (!found.ok) return found;
    return ok({ Parameter: toParameter(found.value, { home: account, isDecrypted }) });
  },
);
