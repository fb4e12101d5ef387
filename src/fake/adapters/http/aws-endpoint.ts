import type { ClockResetError } from "../../../time/clock-reset-error.ts";
import { isEndedByReset } from "../../calls/call-time.ts";
import { isConnectionReset, isNoAnswer } from "../../calls/connection-errors.ts";
import { isMistakeError } from "../../mistake-error.ts";
import { signatureScope } from "../signature-scope.ts";
import type { AnsweredRequest, WireRequest } from "../wire.ts";
import {
  cutResponse,
  errorNameOf,
  errorResponse,
  type HttpResponse,
  messageOf,
  s3Error,
} from "./http-responses.ts";
import type { HttpRequest } from "./http-server.ts";

type Answer = (request: WireRequest) => Promise<AnsweredRequest>;

/** The services of one region. */
export interface RegionalServices {
  readonly ssm: Answer;
  readonly logs: Answer;
  readonly s3: Answer;
}

const CONTENT_TYPE = "application/x-amz-json-1.1";
const LOGS_TARGET = "Logs_20140328.";

/**
 * Answers as AWS's endpoints do: what was signed for S3 as S3, and POST to `/` with `X-Amz-Target` and the content type of
 * AWS JSON 1.1; everything else is refused. A browser sends none of these headers to a foreign origin without asking first,
 * and that question is always refused. An address that was signed beforehand needs no header: it reads objects, and opens no
 * region.
 *
 * @param servicesIn - Returns the services of the region that a request was signed for (undefined if it names none), or
 *   undefined for a region that is not served. `mayOpen` says whether a region that was not asked before may be opened.
 */
export async function answerAws(
  request: HttpRequest,
  servicesIn: (region: string | undefined, mayOpen: boolean) => RegionalServices | undefined,
): Promise<HttpResponse> {
  const scope = signatureScope(request);
  const isForS3 = scope.service === "s3";
  const refusal = isForS3 ? undefined : refusalOf(request);
  if (refusal !== undefined) return refusal;
  const services = servicesIn(scope.region, scope.isInQuery !== true);
  if (services === undefined && isForS3) return unservedRegion(scope.region);
  if (services === undefined) {
    // The message of another AWS service for a scope without a region, without the region that it quotes
    // [report-unscoped-signature].
    const message = "Credential should be scoped to a valid region.";
    return errorResponse(400, { name: "InvalidSignatureException", message });
  }
  if (isForS3) return answerS3(request, services.s3);
  const target = request.headers["x-amz-target"] ?? "";
  const isForLogs = target.startsWith(LOGS_TARGET);
  const answered = await unlessReset((isForLogs ? services.logs : services.ssm)(request));
  if ("name" in answered) return errorResponse(400, answered);
  const { response, why } = answered;
  // Messages of AWS may repeat what was sent; ours do not.
  const isOurs = errorNameOf(response) === "UnknownOperationException";
  const hint = why ?? (isOurs ? messageOf(response) : undefined);
  return hint === undefined ? { response } : { response, hint };
}

async function answerS3(request: HttpRequest, s3: Answer): Promise<HttpResponse> {
  let answered: AnsweredRequest | ClockResetError | TypeError;
  try {
    answered = await unlessReset(s3(request));
  } catch (error) {
    if (isConnectionReset(error) || isNoAnswer(error)) throw error;
    // Code of the test threw; S3's clients can read XML only.
    const message = error instanceof Error ? error.message : String(error);
    return s3Error(500, { name: "InternalError", message });
  }
  if ("name" in answered) return s3Error(400, answered);
  const { response, operation, error, why, breaksOff } = answered;
  const about = {
    ...(operation === undefined ? {} : { operation }),
    ...(error === undefined ? {} : { error }),
    ...(why === undefined ? {} : { hint: why }),
  };
  return breaksOff ? { ...cutResponse(response), ...about } : { response, ...about };
}

/** An error that no client repeats, since it would find another account, or no mistake any more. */
async function unlessReset(
  answering: Promise<AnsweredRequest>,
): Promise<AnsweredRequest | ClockResetError | TypeError> {
  try {
    return await answering;
  } catch (error) {
    // An SDK would repeat the call after a 500, and the repeated one succeeds.
    if (isEndedByReset(error) || isMistakeError(error)) return error;
    throw error;
  }
}

function unservedRegion(region = ""): HttpResponse {
  const name = JSON.stringify(region.slice(0, 40));
  const message = `The region ${name} is not one that the fake serves, or none that an address may open.`;
  return s3Error(400, { name: "AuthorizationHeaderMalformed", message });
}

function refusalOf({ method, path, headers }: HttpRequest): HttpResponse | undefined {
  if (path !== "/") {
    return errorResponse(404, {
      name: "UnknownOperationException",
      message:
        "There is nothing at this path. AWS JSON 1.1 is answered at /, and S3 if the request was signed for it.",
    });
  }
  if (method !== "POST") {
    const { response, hint = "" } = errorResponse(405, {
      name: "UnknownOperationException",
      message: "The method is not POST. AWS JSON 1.1 is POST only.",
    });
    return { response: { ...response, headers: { ...response.headers, allow: "POST" } }, hint };
  }
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  if (type.trim().toLowerCase() !== CONTENT_TYPE) {
    return errorResponse(415, {
      name: "UnsupportedMediaTypeException",
      message: `The content type is not ${CONTENT_TYPE}. The fake answers AWS JSON 1.1 only.`,
    });
  }
  return undefined;
}
