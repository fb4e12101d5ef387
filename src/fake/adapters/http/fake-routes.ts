import type { FakeNodes } from "../../account/nodes.ts";
import type { Journal, JournalEntry } from "../../calls/journal.ts";
import { errorResponse, type HttpResponse, jsonResponse, longResponse } from "./http-responses.ts";
import type { HttpRequest } from "./http-server.ts";

/** The members of a fake that the routes use. */
export interface RoutedFake {
  readonly journal: Pick<Journal, "dropped">;
  readonly nodes: Pick<FakeNodes, "get">;
  timelineInPieces(): Iterable<string>;
  journalEntries(): Iterable<JournalEntry>;
}

/** The path under which a fake offers over HTTP what the service lacks. */
export const FAKE_ROUTES = "/_fake/";

const LISTED =
  "GET /_fake/health, GET /_fake/timeline, GET /_fake/journal, POST /_fake/reset, POST /_fake/nodes/ID/go-offline, POST /_fake/nodes/ID/come-back";
const NODE_ROUTE = /^nodes\/([\w-]{1,64})\/(go-offline|come-back)$/;

/**
 * Answers what the service lacks: routes that show the fake, reset it, take nodes offline and bring them back. Only for
 * senders on this machine. A GET changes nothing; a POST needs the header `X-Fake-Ssm: 1`, which a browser does not send to
 * a foreign origin without asking first.
 */
export async function answerFakeRoute(
  request: HttpRequest,
  { fake, reset }: { readonly fake: RoutedFake; readonly reset: () => Promise<void> },
): Promise<HttpResponse> {
  const { method, path, headers, isLocal } = request;
  if (!isLocal) {
    return errorResponse(403, {
      name: "AccessDeniedException",
      message: `${FAKE_ROUTES} answers on the machine of the fake only.`,
    });
  }
  const route = path.slice(FAKE_ROUTES.length);
  if (method === "GET") return look(route, fake) ?? notFound();
  if (method !== "POST") return notFound();
  if (headers["x-fake-ssm"] !== "1") {
    return errorResponse(403, {
      name: "AccessDeniedException",
      message: "A POST under /_fake/ needs the header X-Fake-Ssm: 1.",
    });
  }
  if (route === "reset") {
    await reset();
    return jsonResponse({});
  }
  const [, instanceId, change] = NODE_ROUTE.exec(route) ?? [];
  return instanceId === undefined ? notFound() : changeNode(instanceId, { change, fake });
}

function look(route: string, fake: RoutedFake): HttpResponse | undefined {
  switch (route) {
    case "health":
      return jsonResponse({ status: "ok" });
    case "timeline":
      return longResponse("text/plain; charset=utf-8", fake.timelineInPieces());
    case "journal":
      return longResponse("application/json", journalInPieces(fake));
    default:
      return undefined;
  }
}

/** How many characters a piece of the journal has at least, but for the last. */
const PIECE_CHARACTERS = 200_000;

function* journalInPieces(fake: RoutedFake): Generator<string, void> {
  let piece = `{"dropped":${fake.journal.dropped},"entries":[`;
  let comma = "";
  for (const entry of fake.journalEntries()) {
    piece += comma + JSON.stringify(entry);
    comma = ",";
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]}`;
}

function changeNode(
  instanceId: string,
  { change, fake }: { readonly change: string | undefined; readonly fake: RoutedFake },
): HttpResponse {
  const node = fake.nodes.get(instanceId);
  if (node === undefined) {
    return errorResponse(404, {
      name: "InvalidInstanceId",
      message: `The fake has no node ${instanceId}.`,
    });
  }
  if (change === "go-offline") node.goOffline();
  else node.comeBack();
  return jsonResponse({ instanceId, agent: node.agent });
}

function notFound(): HttpResponse {
  return errorResponse(404, {
    name: "UnknownOperationException",
    message: `There is no such route. There are ${LISTED}.`,
  });
}
