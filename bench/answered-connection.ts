import { once } from "node:events";
import { connect, type Socket } from "node:net";

interface HttpAnswer {
  readonly statusCode: number;
  readonly body: Buffer;
}

/** A keep-alive connection with as little client code as possible, since the servers are what is measured. */
export class AnsweredConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #whole: (answer: HttpAnswer) => void = () => {};
  #broken: (error: Error) => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#broken(error));
    socket.on("close", () => this.#broken(new Error("The server hung up.")));
  }

  static async to(port: number): Promise<AnsweredConnection> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new AnsweredConnection(socket);
  }

  /** Sends a request. Only one may be under way at a time. */
  ask(bytes: Buffer): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#whole = resolve;
      this.#broken = reject;
      this.#socket.write(bytes);
    });
  }

  end(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const head = this.#received.toString("latin1", 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    if (this.#received.length < headEnd + 4 + length) return;
    const body = this.#received.subarray(headEnd + 4);
    this.#received = Buffer.alloc(0);
    this.#whole({ statusCode: Number(head.slice(9, 12)), body });
  }
}
