import { DRIVEN } from "../time/clock.ts";
import type { Account } from "./account/account.ts";
import type { CommandRecord } from "./account/command-record.ts";
import type { StatusChange } from "./account/status-changes.ts";
import type { StallWatch } from "./calls/watches/stall-watch.ts";
import type { Region } from "./region.ts";
import type { EventBridgeEvent } from "./reports/bus-events.ts";
import {
  busEventsOf,
  lambdaEventsOf,
  notificationsOf,
  notificationsOfBatch,
  type PublishedNotification,
} from "./reports/notifications.ts";
import type { SnsLambdaEvent } from "./reports/sns-messages.ts";

/**
 * What the service has published about commands: SNS messages for those that ask for them (`NotificationConfig`), and
 * EventBridge events for all.
 *
 * - Pending and Cancelling are never published. The event `All` includes InProgress [guide-sns-notifications].
 * - AWS does not promise an order; here they are in the order of time. A listener may hear those of one instant in another
 *   order than the lists have: first what a call did at once, then what followed.
 *
 * @example
 * ```ts
 * const sent = await runCommand.send({
 *   ...request,
 *   NotificationConfig: { NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys", NotificationEvents: ["All"] },
 *   ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
 * });
 * await sent.waitForTerminal();
 * fake.notifications.lambdaEvents().length; //=> 2
 * // InProgress and Success
 * ```
 */
export interface FakeNotifications {
  /**
   * All notifications so far, oldest first. Each is what its handler gets, with `kind`, `at` and short names beside it:
   * `detailType` of an event; `topic`, `subject` and `message` of a message.
   */
  list(): readonly PublishedNotification[];
  /**
   * The events of EventBridge so far, oldest first, in the envelope in which a handler gets them.
   *
   * @example
   * ```ts
   * await sent.waitForTerminal();
   * const [first] = fake.notifications.events();
   * first; //=> { version: "0", "detail-type": "EC2 Command Status-change Notification", source: "aws.ssm", … }
   * ```
   */
  events(): readonly EventBridgeEvent[];
  /**
   * The SNS messages so far, oldest first, each as the event that a Lambda function gets that is subscribed to the topic. (What
   * EventBridge hands to a function is in `events`.)
   */
  lambdaEvents(): readonly SnsLambdaEvent[];
  /**
   * Calls a listener with every notification from now on, each as `list` has it (the event, and `kind`, `at` and others beside
   * it), soon after it was published and before the clock moves on. What the listener throws, and the rejection of its promise, is an unhandled rejection. `fake.reset()`
   * removes all listeners.
   *
   * What is due at the present instant is published without another call. But time does not move because somebody listens:
   * for what comes later, something has to wait on the clock, or `advance` it.
   *
   * @returns A function that removes the listener.
   *
   * @example
   * ```ts
   * const heard: string[] = [];
   * const remove = fake.notifications.on(({ kind }) => heard.push(kind)); // or hand it to your handler
   * await deploy(fake);
   * remove();
   * heard; //=> ["eventBridge", "eventBridge", "eventBridge", "eventBridge"]
   * ```
   */
  on(listener: (notification: PublishedNotification) => unknown): () => void;
}

/**
 * Calls a listener with all that is published from now on, in batches: the changes of one piece of the service's work, in the
 * order of `list`.
 */
function listen(
  account: Account,
  listener: (notification: PublishedNotification) => unknown,
): () => void {
  let batch: (readonly [CommandRecord, StatusChange])[] = [];
  const listening = account.changes.add((command, change) => {
    batch.push([command, change]);
    if (batch.length > 1) return;
    // Not at once, because the service is in the middle of its work and the listener may call it; but before time moves.
    const release = account.clock[DRIVEN]?.hold?.();
    void Promise.resolve().then(() => {
      const published = notificationsOfBatch(batch, account);
      batch = [];
      // In a function of its own each, so that what one call throws does not keep the others from being made.
      for (const each of published) if (listening.isOn()) void (async () => listener(each))();
      release?.();
    });
  });
  return listening.end;
}

/** The notifications of a region. */
export function fakeNotifications(
  { account, runDue }: Region,
  stalls: StallWatch,
): FakeNotifications {
  return {
    list: () => {
      runDue();
      return notificationsOf(account);
    },
    events: () => {
      runDue();
      return busEventsOf(account);
    },
    lambdaEvents: () => {
      runDue();
      return lambdaEventsOf(account);
    },
    on: (listener) => {
      if (typeof listener !== "function") {
        throw new TypeError(
          `fake.notifications.on was given ${typeof listener}. Give it a function that takes a notification.`,
        );
      }
      runDue();
      const remove = listen(account, listener);
      const endWatch = stalls.watchListener(() => account.commands.openId());
      return () => {
        remove();
        endWatch();
      };
    },
  };
}
