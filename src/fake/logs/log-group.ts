import type { EpochMs } from "../../time/clock.ts";
import { compareText, Ordered } from "../calls/ordered.ts";
import { ReturnedTokens } from "./event-cursor.ts";

/** An event of CloudWatch Logs: what the agent sent in one piece, which may be many lines. */
export interface LogEvent {
  /** The name of the stream that it belongs to. */
  readonly stream: string;
  /** Its number among all events of the store, in the order of writing, from 1. */
  readonly order: number;
  /** The agent's stamp, on the clock of its node. */
  readonly timestamp: EpochMs;
  /** When the service received it, which is when the agent wrote it (our decision). */
  readonly ingestionTime: EpochMs;
  readonly message: string;
  /** The length of the message in UTF-8. */
  readonly bytes: number;
}

/** A log stream. It is created with its first event, so it has at least one event. */
export class LogStream {
  readonly name: string;
  readonly createdAt: EpochMs;
  /** By time; events of one instant in the order of writing. */
  readonly events = new Ordered<LogEvent>((a, b) => a.timestamp - b.timestamp || a.order - b.order);

  readonly returnedTokens = new ReturnedTokens();

  constructor(name: string, createdAt: EpochMs) {
    this.name = name;
    this.createdAt = createdAt;
  }

  get lastEventAt(): EpochMs {
    return this.events.items.at(-1)?.timestamp ?? this.createdAt;
  }

  get lastIngestedAt(): EpochMs {
    return this.events.items.at(-1)?.ingestionTime ?? this.createdAt;
  }

  /** All events joined: what the agent wrote (see `toLogMessages`). */
  get text(): string {
    return this.events.items.map(({ message }) => message).join("");
  }
}

/** A log group, with its streams and events in each order in which a caller can ask for them. */
export class LogGroup {
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly streamsByName = new Ordered<LogStream>((a, b) => compareText(a.name, b.name));
  readonly streamsByLastEvent = new Ordered<LogStream>(
    (a, b) => a.lastEventAt - b.lastEventAt || compareText(a.name, b.name),
  );
  /** The events of all streams: by time, then by stream, then in the order of writing. */
  readonly events = new Ordered<LogEvent>(
    (a, b) => a.timestamp - b.timestamp || compareText(a.stream, b.stream) || a.order - b.order,
  );
  /** For how many days it keeps its events; undefined: for ever. */
  retentionInDays: number | undefined;
  readonly #streams = new Map<string, LogStream>();
  #storedBytes = 0;

  constructor(name: string, createdAt: EpochMs) {
    this.name = name;
    this.createdAt = createdAt;
  }

  /** The bytes of all messages (our decision: AWS counts after compression, and late). */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  stream(name: string): LogStream | undefined {
    return this.#streams.get(name);
  }

  /** Adds an event to its stream, which is created for its first event. */
  add(event: LogEvent): void {
    const stream = this.#streams.get(event.stream) ?? this.#createStream(event);
    stream.events.add(event);
    this.events.add(event);
    this.streamsByLastEvent.disturb();
    this.#storedBytes += event.bytes;
  }

  #createStream({ stream: name, ingestionTime }: LogEvent): LogStream {
    const stream = new LogStream(name, ingestionTime);
    this.#streams.set(name, stream);
    this.streamsByName.add(stream);
    this.streamsByLastEvent.add(stream);
    return stream;
  }
}
