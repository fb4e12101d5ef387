import { ChildProcess } from "node:child_process";
import { channel } from "node:diagnostics_channel";
import { type EventEmitter, errorMonitor } from "node:events";
import { Socket } from "node:net";
import type { BubbleRealm } from "./bubble-realm.ts";
import { type MadeAt, madeAt } from "./made-at.ts";
import type { RealWork } from "./real-work.ts";
import type { Replaced, Replacements } from "./replacements.ts";
import { hasNoReference } from "./speaking-sockets.ts";

/** Lets the bubble of the caller know of sockets, requests, imports and child processes that Node begins for it. */
export function replaceNodeWork(realm: BubbleRealm, replacements: Replacements): void {
  replaceSockets(realm, replacements);
  replaceChildProcesses(realm, replacements);
  listenToRequests(realm, replacements);
  listenToFetch(realm, replacements);
  listenToImports(realm, replacements);
  replaceWebAssembly(realm, replacements);
}

/** What owns a handle of Node, such as a socket. */
export function ownerOf(handle: object): unknown {
  const symbols = Object.getOwnPropertySymbols(handle);
  const owner = symbols.find(({ description }) => description === "owner_symbol");
  return owner === undefined ? undefined : Reflect.get(handle, owner);
}

/** A request of HTTP/2, by its stream, from its making to its close. */
export function watchHttp2Stream(handle: object, work: RealWork): void {
  // Node gives the handle its owner right after making it.
  queueMicrotask(() => {
    const stream = ownerOf(handle);
    const what = () => "a request of HTTP/2";
    if (isRequest(stream)) endWith(stream, work.begin({ what, madeAt: {} }));
  });
}

/** A method that does what it did, and something after it. */
type After = (self: object, made: MadeAt) => void;

function andThen(previous: Replaced, then: After): Replaced {
  return function standIn(this: object, ...args: unknown[]) {
    const returned = Reflect.apply(previous, this, args);
    then(this, madeAt(standIn));
    return returned;
  };
}

function replaceSockets(realm: BubbleRealm, replacements: Replacements): void {
  const speaks: After = (self, made) => {
    if (self instanceof Socket) realm.inside()?.bubble.sockets.speaks(self, made);
  };
  // Every socket connects by the one, and writes by the other, also one that was there before the bubble.
  for (const method of ["connect", "_writeGeneric"]) {
    replacements.replaceFunction(Socket.prototype, method, (previous) => andThen(previous, speaks));
  }
  listen(replacements, "net.server.socket", ({ socket }) => {
    if (socket instanceof Socket) speaks(socket, {});
  });
}

function replaceChildProcesses(realm: BubbleRealm, replacements: Replacements): void {
  const began: After = (self, made) => {
    const bubble = realm.inside()?.bubble;
    if (bubble === undefined || !(self instanceof ChildProcess)) return;
    const what = () => `a child process (${self.spawnfile})`;
    const isUnreferenced = () => hasNoReference(self);
    endWith(self, bubble.work.begin({ what, madeAt: made, isUnreferenced }));
  };
  replacements.replaceFunction(ChildProcess.prototype, "spawn", (previous) =>
    andThen(previous, began),
  );
}

/** A request is under way until its response has ended. */
function listenToRequests(realm: BubbleRealm, replacements: Replacements): void {
  listen(replacements, "http.client.request.start", ({ request }, madeAt) => {
    const bubble = realm.inside()?.bubble;
    if (bubble === undefined || !isRequest(request)) return;
    const { method = "", host = "", path = "" } = request;
    const what = () => `a request (${method} ${host}${path})`;
    const isUnreferenced = () => request.socket != null && hasNoReference(request.socket);
    const bytes = () => bytesOf(request.socket);
    endWith(request, bubble.work.begin({ what, madeAt, isUnreferenced, bytes }));
    bubble.sockets.leaveToRequest(request.socket);
    request.once("socket", (socket: Socket) => bubble.sockets.leaveToRequest(socket));
  });
  listen(replacements, "http.server.request.start", ({ request, response, socket }) => {
    const bubble = realm.inside()?.bubble;
    if (bubble === undefined || !isRequest(request) || !isRequest(response)) return;
    const what = () => `an answer to ${request.method} ${request.url}`;
    endWith(response, bubble.work.begin({ what, madeAt: {} }));
    if (socket instanceof Socket) bubble.sockets.leaveToRequest(socket);
  });
}

function listenToFetch(realm: BubbleRealm, replacements: Replacements): void {
  const ends = new WeakMap<object, () => void>();
  const sockets = new WeakMap<object, Socket>();
  const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
  listen(replacements, "undici:request:create", ({ request }, madeAt) => {
    const bubble = realm.inside()?.bubble;
    if (bubble === undefined || !isObject(request)) return;
    const { method, origin, path, upgrade } = request as Readonly<Record<string, unknown>>;
    // A WebSocket has no response that ends: its socket speaks.
    if (upgrade) return;
    const what = () => `a request (${method} ${origin}${path})`;
    const bytes = () => bytesOf(sockets.get(request));
    ends.set(request, bubble.work.begin({ what, madeAt, bytes }));
  });
  listen(replacements, "undici:client:sendHeaders", ({ request, socket }) => {
    if (!(socket instanceof Socket) || !isObject(request) || !ends.has(request)) return;
    sockets.set(request, socket);
    realm.inside()?.bubble.sockets.leaveToRequest(socket);
  });
  for (const name of ["undici:request:trailers", "undici:request:error"]) {
    listen(replacements, name, ({ request }) => {
      if (isObject(request)) ends.get(request)?.();
    });
  }
}

/** Node tells of imports from 22 on; before, the files that are read for them show. */
function listenToImports(realm: BubbleRealm, replacements: Replacements): void {
  const ends = new WeakMap<object, () => void>();
  listen(replacements, "tracing:module.import:start", (message, madeAt) => {
    const bubble = realm.inside()?.bubble;
    if (bubble === undefined) return;
    const what = () => `an import (${String(message["url"])})`;
    ends.set(message, bubble.work.begin({ what, madeAt }));
  });
  for (const name of ["tracing:module.import:asyncEnd", "tracing:module.import:error"]) {
    listen(replacements, name, (message) => ends.get(message)?.());
  }
}

/** Compiling happens on threads of its own, which no hook shows. */
function replaceWebAssembly(realm: BubbleRealm, replacements: Replacements): void {
  const wasm: unknown = Reflect.get(globalThis, "WebAssembly");
  if (typeof wasm !== "object" || wasm === null) return;
  for (const name of ["compile", "instantiate", "compileStreaming", "instantiateStreaming"]) {
    replacements.replaceFunction(wasm, name, (previous) => {
      const standIn = (...args: unknown[]) => {
        const promise = Reflect.apply(previous, wasm, args);
        const what = () => "WebAssembly that is compiled";
        const end = realm.inside()?.bubble.work.begin({ what, madeAt: madeAt(standIn) });
        if (end !== undefined) void Promise.resolve(promise).then(end, end);
        return promise;
      };
      return standIn;
    });
  }
}

function bytesOf(socket: Socket | null | undefined): number {
  return socket?.bytesRead ?? 0;
}

interface NodeRequest extends EventEmitter {
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly url?: string;
  readonly socket?: Socket | null;
}

function isRequest(value: unknown): value is NodeRequest {
  return typeof value === "object" && value !== null && "once" in value;
}

/** Ends something when Node says that its own has come to its end, without hearing errors that nobody else hears. */
function endWith(emitter: EventEmitter, end: () => void): void {
  emitter.once("close", end);
  emitter.once(errorMonitor, end);
}

function listen(
  replacements: Replacements,
  name: string,
  listener: (message: Readonly<Record<string, unknown>>, made: MadeAt) => void,
): void {
  const heard = (message: unknown) => {
    if (typeof message !== "object" || message === null) return;
    // Node's own channels publish plain objects.
    listener(message as Readonly<Record<string, unknown>>, madeAt(heard));
  };
  const diagnostics = channel(name);
  diagnostics.subscribe(heard);
  replacements.atEnd(() => diagnostics.unsubscribe(heard));
}
