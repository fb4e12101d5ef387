import type * as ssm from "@aws-sdk/client-ssm";
import type { LogsOperation, OperationName, S3Operation, SsmOperation } from "./operation-name.ts";

/** What an operation takes and returns. */
type Shape<Input, Output> = {
  readonly input: Input;
  /** Without what the SDK adds to it. */
  readonly output: Omit<Output, "$metadata">;
};

/** The shapes of Systems Manager, as the SDK has them. */
type SsmShapes = {
  SendCommand: Shape<ssm.SendCommandCommandInput, ssm.SendCommandCommandOutput>;
  CancelCommand: Shape<ssm.CancelCommandCommandInput, ssm.CancelCommandCommandOutput>;
  GetCommandInvocation: Shape<
    ssm.GetCommandInvocationCommandInput,
    ssm.GetCommandInvocationCommandOutput
  >;
  ListCommands: Shape<ssm.ListCommandsCommandInput, ssm.ListCommandsCommandOutput>;
  ListCommandInvocations: Shape<
    ssm.ListCommandInvocationsCommandInput,
    ssm.ListCommandInvocationsCommandOutput
  >;
  DescribeInstanceInformation: Shape<
    ssm.DescribeInstanceInformationCommandInput,
    ssm.DescribeInstanceInformationCommandOutput
  >;
  GetConnectionStatus: Shape<
    ssm.GetConnectionStatusCommandInput,
    ssm.GetConnectionStatusCommandOutput
  >;
  ListDocuments: Shape<ssm.ListDocumentsCommandInput, ssm.ListDocumentsCommandOutput>;
  DescribeDocument: Shape<ssm.DescribeDocumentCommandInput, ssm.DescribeDocumentCommandOutput>;
  GetDocument: Shape<ssm.GetDocumentCommandInput, ssm.GetDocumentCommandOutput>;
  ListDocumentVersions: Shape<
    ssm.ListDocumentVersionsCommandInput,
    ssm.ListDocumentVersionsCommandOutput
  >;
  CreateDocument: Shape<ssm.CreateDocumentCommandInput, ssm.CreateDocumentCommandOutput>;
  UpdateDocument: Shape<ssm.UpdateDocumentCommandInput, ssm.UpdateDocumentCommandOutput>;
  UpdateDocumentDefaultVersion: Shape<
    ssm.UpdateDocumentDefaultVersionCommandInput,
    ssm.UpdateDocumentDefaultVersionCommandOutput
  >;
  DeleteDocument: Shape<ssm.DeleteDocumentCommandInput, ssm.DeleteDocumentCommandOutput>;
  DescribeDocumentPermission: Shape<
    ssm.DescribeDocumentPermissionCommandInput,
    ssm.DescribeDocumentPermissionCommandOutput
  >;
  ModifyDocumentPermission: Shape<
    ssm.ModifyDocumentPermissionCommandInput,
    ssm.ModifyDocumentPermissionCommandOutput
  >;
  AddTagsToResource: Shape<ssm.AddTagsToResourceCommandInput, ssm.AddTagsToResourceCommandOutput>;
  RemoveTagsFromResource: Shape<
    ssm.RemoveTagsFromResourceCommandInput,
    ssm.RemoveTagsFromResourceCommandOutput
  >;
  ListTagsForResource: Shape<
    ssm.ListTagsForResourceCommandInput,
    ssm.ListTagsForResourceCommandOutput
  >;
  GetParameter: Shape<ssm.GetParameterCommandInput, ssm.GetParameterCommandOutput>;
  GetParameters: Shape<ssm.GetParametersCommandInput, ssm.GetParametersCommandOutput>;
};

/** A group of CloudWatch Logs, or a stream in it. Written here, since the SDK's module need not be installed. */
type LogPlace = {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
};

type LogPage = {
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
};

type LogTimes = {
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
};

type LogEvent = {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
  readonly ingestionTime?: number | undefined;
};

type LogsShapes = {
  CreateLogGroup: Shape<Pick<LogPlace, "logGroupName">, object>;
  PutRetentionPolicy: Shape<
    Pick<LogPlace, "logGroupName"> & { readonly retentionInDays?: number | undefined },
    object
  >;
  DescribeLogGroups: Shape<
    LogPage & { readonly logGroupNamePrefix?: string | undefined },
    { readonly logGroups?: readonly object[]; readonly nextToken?: string }
  >;
  DescribeLogStreams: Shape<
    LogPlace &
      LogPage & {
        readonly logStreamNamePrefix?: string | undefined;
        readonly orderBy?: "LogStreamName" | "LastEventTime" | undefined;
        readonly descending?: boolean | undefined;
      },
    { readonly logStreams?: readonly object[]; readonly nextToken?: string }
  >;
  GetLogEvents: Shape<
    LogPlace &
      LogPage &
      LogTimes & {
        readonly logStreamName?: string | undefined;
        readonly startFromHead?: boolean | undefined;
      },
    {
      readonly events?: readonly LogEvent[];
      readonly nextForwardToken?: string;
      readonly nextBackwardToken?: string;
    }
  >;
  FilterLogEvents: Shape<
    LogPlace &
      LogPage &
      LogTimes & {
        readonly logStreamNames?: readonly string[] | undefined;
        readonly logStreamNamePrefix?: string | undefined;
        readonly filterPattern?: string | undefined;
      },
    {
      readonly events?: readonly (LogEvent & {
        readonly logStreamName?: string | undefined;
        readonly eventId?: string | undefined;
      })[];
      readonly nextToken?: string;
    }
  >;
};

/** What requests of S3 name; an answer has the members of AWS's model, with a `Body` that is a string or bytes. */
type S3Shape = Shape<
  {
    readonly Bucket?: string | undefined;
    readonly Key?: string | undefined;
    readonly Prefix?: string | undefined;
  },
  object
>;

/** A table that has a shape for each of these operations, or it does not compile. */
type Complete<
  Names extends string,
  Table extends Readonly<Record<Names, Shape<object, object>>>,
> = Table;

type Shapes = Complete<SsmOperation, SsmShapes> &
  Complete<LogsOperation, LogsShapes> &
  Readonly<Record<S3Operation, S3Shape>>;

/**
 * The input of an operation that the fake answers, as handlers and the journal have it; `unknown` for `"*"`, all of them.
 *
 * @example
 * ```ts
 * const nodesOf = ({ InstanceIds = [] }: OperationInput<"SendCommand">) => InstanceIds.length;
 * await runCommand.send({ ...runShellScript("uptime"), InstanceIds: ["i-0123456789abcdef0"] });
 * fake.journal.entries("SendCommand").map(({ input }) => nodesOf(input)); //=> [1]
 * ```
 */
export type OperationInput<Operation extends OperationName | "*"> = Operation extends OperationName
  ? Shapes[Operation]["input"]
  : unknown;

/**
 * What an operation that the fake answers returns, without what the SDK adds to it: the `answer` of a handler.
 *
 * @example
 * ```ts
 * const answer: OperationAnswer<"ListCommands"> = { Commands: [] };
 * fake.on("ListCommands", () => ({ answer }));
 * (await fake.listCommands({})).Commands; //=> []
 * ```
 */
export type OperationAnswer<Operation extends OperationName | "*"> = Operation extends OperationName
  ? Shapes[Operation]["output"]
  : object;
