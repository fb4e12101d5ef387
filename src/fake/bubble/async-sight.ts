import { createHook } from "node:async_hooks";
import { Socket } from "node:net";
import type { Bubble } from "./bubble.ts";
import type { BubbleRealm, Inside } from "./bubble-realm.ts";
import { KeptTimeout, type NodeTimeout } from "./kept-timeout.ts";
import { isMadeByNode, isMadeByRunner, type MadeAt, madeAt } from "./made-at.ts";
import { ownerOf, watchHttp2Stream } from "./node-work.ts";
import { hasAsyncHooks } from "./runtime.ts";

/** Work that a resource stands for from its making to its callback, by the type that Node has for it. */
const ONE_CALLBACK: Readonly<Record<string, string>> = {
  FSREQCALLBACK: "work on a file",
  FSREQPROMISE: "work on a file",
  FILEHANDLECLOSEREQ: "work on a file",
  BLOBREADER: "a blob that is read",
  GETADDRINFOREQWRAP: "a DNS look-up",
  GETNAMEINFOREQWRAP: "a DNS look-up",
  QUERYWRAP: "a DNS query",
};
const STREAMS = new Set(["TCPWRAP", "PIPEWRAP", "TLSWRAP"]);

/** A resource that Node has just made. */
interface Made {
  readonly id: number;
  readonly type: string;
  readonly resource: object;
  /** The function that Node called, for the line of the code that made it. */
  readonly below: (...args: never[]) => unknown;
}

/**
 * What Node's hooks of asynchronous resources show: timers that are made by functions from before the bubble, and real work.
 * Bun and Deno have no such hooks.
 */
export class AsyncSight {
  readonly #hook: { enable(): unknown; disable(): unknown } | undefined;
  /** What is to be called when a resource calls back, by its number. */
  readonly #before = new Map<number, () => void>();
  readonly #kept = new Map<NodeTimeout, KeptTimeout>();

  constructor(realm: BubbleRealm) {
    if (!hasAsyncHooks()) return;
    const init = (id: number, type: string, _: number, resource: object) => {
      if (type === "PROMISE") return;
      const inside = realm.context();
      if (inside !== undefined) this.#made(inside, { id, type, resource, below: init });
    };
    this.#hook = createHook({ init, before: (id) => this.#before.get(id)?.() });
  }

  open(): void {
    this.#hook?.enable();
  }

  close(): void {
    this.#hook?.disable();
    this.#before.clear();
  }

  /** Forgets timers that were cleared by a function from before the bubble. */
  forgetCleared(): void {
    for (const kept of this.#kept.values()) if (kept.isCleared) this.#forget(kept);
  }

  /** Ends the timers of a bubble. */
  drop(bubble: Bubble): void {
    for (const kept of this.#kept.values()) {
      if (kept.bubble !== bubble) continue;
      kept.close();
      this.#forget(kept);
    }
  }

  #keep(inside: Inside, timeout: NodeTimeout): void {
    const kept = new KeptTimeout(inside, timeout, () => this.#kept.delete(timeout));
    this.#kept.set(timeout, kept);
  }

  #forget(kept: KeptTimeout): void {
    kept.stop();
    this.#kept.delete(kept.timeout);
  }

  #made(inside: Inside, { id, type, resource, below }: Made): void {
    const { bubble } = inside;
    if (type === "Timeout") {
      // Node gives the handle itself.
      this.#madeTimeout(inside, { timeout: resource as NodeTimeout, made: madeAt(below) });
    } else if (!bubble.isOpen) {
      return;
    } else if (type === "WORKER") {
      bubble.workerMade();
    } else if (type === "Immediate") {
      bubble.immediateMade();
    } else if (type === "ZLIB") {
      this.#watchCompression(id, { bubble, handle: resource });
    } else if (STREAMS.has(type)) {
      this.#watchStream(id, { bubble, handle: resource });
    } else if (ONE_CALLBACK[type] !== undefined) {
      this.#watchCallback(id, { bubble, what: ONE_CALLBACK[type], made: madeAt(below) });
    } else if (isCryptography(type)) {
      this.#watchCryptography(id, { bubble, job: resource, made: madeAt(below) });
    } else if (type === "HTTP2STREAM") {
      watchHttp2Stream(resource, bubble.work);
    }
  }

  /** A timer that no stand-in made: by a function from before the bubble, or by Node for one of its own. */
  #madeTimeout(
    inside: Inside,
    { timeout, made }: { readonly timeout: NodeTimeout; readonly made: MadeAt },
  ): void {
    if (this.#kept.has(timeout) || isMadeByNode(made) || isMadeByRunner(made)) return;
    const { bubble } = inside;
    if (!bubble.isOpen) bubble.sayThatItEnded("setTimeout", made);
    else this.#keep(inside, timeout);
  }

  /** A job of cryptography is run right after it is made; one that is done at once returns what came of it, as an array. */
  #watchCryptography(
    id: number,
    { bubble, job, made }: { readonly bubble: Bubble; readonly job: object; readonly made: MadeAt },
  ): void {
    aroundMethod(job, "run", (call) => {
      const returned = call();
      const isDone = Array.isArray(returned);
      if (!isDone) this.#watchCallback(id, { bubble, what: "cryptography", made });
      return returned;
    });
  }

  #watchCallback(
    id: number,
    {
      bubble,
      what,
      made,
    }: { readonly bubble: Bubble; readonly what: string; readonly made: MadeAt },
  ): void {
    const end = bubble.work.begin({ what: () => what, madeAt: made });
    this.#before.set(id, () => {
      this.#before.delete(id);
      end();
    });
  }

  /** Compression has one handle for many pieces: each is under way from its `write` to its callback. */
  #watchCompression(
    id: number,
    { bubble, handle }: { readonly bubble: Bubble; readonly handle: object },
  ): void {
    aroundMethod(handle, "write", (call) => {
      const what = () => "compression";
      this.#before.get(id)?.();
      if (bubble.isOpen) this.#before.set(id, bubble.work.begin({ what, madeAt: {} }));
      return call();
    });
  }

  #watchStream(
    id: number,
    { bubble, handle }: { readonly bubble: Bubble; readonly handle: object },
  ): void {
    this.#before.set(id, () => {
      const socket = ownerOf(handle);
      if (bubble.isOpen && socket instanceof Socket && !socket.destroyed) {
        bubble.sockets.speaks(socket, {});
      } else {
        this.#before.delete(id);
      }
    });
  }
}

/** Does something around each call of a method of one object. */
function aroundMethod(
  object: object,
  name: string,
  around: (call: () => unknown) => unknown,
): void {
  const method: unknown = Reflect.get(object, name);
  if (typeof method !== "function") return;
  const value = (...args: unknown[]) => around(() => Reflect.apply(method, object, args));
  Object.defineProperty(object, name, { configurable: true, value });
}

function isCryptography(type: string): boolean {
  return type.endsWith("REQUEST") && !type.startsWith("HTTP");
}
