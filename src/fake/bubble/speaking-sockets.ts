import type { Socket } from "node:net";
import { type EpochMs, realTime } from "../../time/clock.ts";
import type { MadeAt } from "./made-at.ts";
import type { RealWork } from "./real-work.ts";

/** How long a socket may be without a byte before it is idle (our decision). */
const IDLE_AFTER_MS = 250;
const LOOK_EVERY_MS = 50;

interface Speaking {
  readonly end: () => void;
  /** Its bytes at the last look; while it writes, they cannot be counted. */
  bytes?: number;
  heardAt: EpochMs;
}

/** The sockets of a bubble that connect or speak. An idle one holds nothing up. */
export class SpeakingSockets {
  readonly #work: RealWork;
  readonly #speaking = new Map<Socket, Speaking>();
  /** Sockets of requests: the request counts, and not its socket, which may be kept for the next. */
  readonly #ofRequests = new WeakSet<Socket>();
  #stop: (() => void) | undefined;

  constructor(work: RealWork) {
    this.#work = work;
  }

  /** Takes note of a socket that connects, sends or receives. */
  speaks(socket: Socket, madeAt: MadeAt): void {
    if (this.#ofRequests.has(socket) || this.#speaking.has(socket)) return;
    if (socket.destroyed || isConsole(socket)) return;
    const isUnreferenced = () => hasNoReference(socket);
    const end = this.#work.begin({
      what: () => `a socket (${nameOf(socket)})`,
      madeAt,
      isUnreferenced,
    });
    this.#speaking.set(socket, { end, heardAt: realTime.now() });
    this.#stop ??= this.#lookLater();
  }

  /** Leaves a socket to the request that uses it. */
  leaveToRequest(socket: Socket | null | undefined): void {
    if (socket == null) return;
    this.#ofRequests.add(socket);
    this.#end(socket);
  }

  clear(): void {
    this.#stop?.();
    for (const socket of [...this.#speaking.keys()]) this.#end(socket);
  }

  #end(socket: Socket): void {
    this.#speaking.get(socket)?.end();
    this.#speaking.delete(socket);
  }

  #lookLater(): () => void {
    return realTime.after(LOOK_EVERY_MS, () => this.#look(), { background: true });
  }

  #look(): void {
    const now = realTime.now();
    for (const [socket, speaking] of [...this.#speaking]) {
      const bytes = bytesOf(socket);
      const hasSpoken = speaking.bytes !== undefined && speaking.bytes !== bytes;
      if (hasSpoken || isConnecting(socket)) speaking.heardAt = now;
      speaking.bytes = bytes;
      if (socket.destroyed || now - speaking.heardAt >= IDLE_AFTER_MS) this.#end(socket);
    }
    this.#stop = this.#speaking.size > 0 ? this.#lookLater() : undefined;
  }
}

/** Whether something of Node was told to keep nothing waiting: its handle knows, which no type of Node names. */
export function hasNoReference(owner: object): boolean {
  const { _handle: handle } = owner as {
    readonly _handle?: { readonly hasRef?: () => boolean } | null;
  };
  return handle?.hasRef?.() === false;
}

function bytesOf(socket: Socket): number {
  return socket.bytesRead + (socket.bytesWritten ?? 0);
}

function isConnecting(socket: Socket): boolean {
  // A TLS socket says so of its handshake, which Node's types do not name.
  return (
    socket.connecting ||
    (socket as { readonly secureConnecting?: boolean }).secureConnecting === true
  );
}

/** Whether it is an output of this process, which is a socket where it goes to a pipe. */
function isConsole(socket: Socket): boolean {
  // So does Node mark them, which its types do not name.
  return (socket as { readonly _isStdio?: boolean })._isStdio === true;
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return remoteAddress === undefined ? "not connected" : `to ${remoteAddress}:${remotePort}`;
}
