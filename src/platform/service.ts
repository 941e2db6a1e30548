import type { Text } from '../kernel/texts.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Store, Operation as StoreOperation } from '../store/store.ts';
import type { OutsideCaller } from './audited-call.ts';
import type { CallContext, Permission } from './context.ts';
import type { IdentitySource, OrganizationSource } from './identity.ts';
import type { Ports } from './ports.ts';

export { AwsError, awsError } from '../wire/aws-error.ts';

/** `GetUser` for every exported `GetUserCommand`. */
export type OperationName<M> = {
  [Key in keyof M & string]: Key extends `${infer Name}Command` ? Name : never;
}[keyof M & string];

interface CommandLike {
  readonly input: object;
  resolveMiddleware(...parts: never[]): (parts: never) => Promise<{ readonly output: object }>;
}

type CommandOf<M, Name extends string> = `${Name}Command` extends keyof M
  ? M[`${Name}Command`] extends abstract new (
      ...parts: never[]
    ) => infer Made
    ? Made extends CommandLike
      ? Made
      : never
    : never
  : never;

/** The input as a handler gets it: required members are there, on every level. */
export type InputOf<M, Name extends string> = Checked<CommandOf<M, Name>['input']>;

/** The output as a handler gives it: the SDK's, less `$metadata`. */
export type OutputOf<M, Name extends string> =
  CommandOf<M, Name> extends {
    resolveMiddleware(...parts: never[]): (parts: never) => Promise<{ readonly output: infer Output }>;
  }
    ? Omit<Output, '$metadata'>
    : never;

/** A type of the SDK after required members were checked: it declares them as `T | undefined`. */
export type Checked<T> = T extends Uint8Array | Date | ((...parts: never[]) => unknown)
  ? T
  : T extends readonly (infer Item)[]
    ? Checked<Item>[]
    : T extends object
      ? {
          [Key in keyof T]: undefined extends T[Key]
            ? Record<never, never> extends Pick<T, Key>
              ? Checked<T[Key]>
              : Exclude<Checked<T[Key]>, undefined>
            : Checked<T[Key]>;
        }
      : T;

/** An output together with what must be saved before it is answered. Made by {@link change}. */
export class Change<Output> {
  readonly output: Output;
  readonly operations: readonly StoreOperation[];
  readonly events: readonly EventEnvelope[];

  constructor(output: Output, operations: readonly StoreOperation[], events: readonly EventEnvelope[]) {
    this.output = output;
    this.operations = operations;
    this.events = events;
  }
}

/**
 * What a handler that changes something returns. The platform commits the operations, the events and the
 * audit record in one transaction; when a record is no longer in its expected version, or a unique index is
 * taken, it runs the handler again on what is stored now (so decide on what you read, and give `put` the
 * version that you saw or `absent`).
 */
export function change<Output>(
  output: Output,
  operations: readonly StoreOperation[],
  events: readonly EventEnvelope[] = [],
): Change<Output> {
  return new Change(output, operations, events);
}

/** `authorise` of an operation that AWS lets every authenticated caller use, whatever policies say. */
export const NO_PERMISSION_NEEDED = 'no-permission-needed';

type Awaitable<T> = T | Promise<T>;

/** One operation: how it is authorised, and what it does. */
export interface Operation<Input, Output> {
  /** Every action that `authorise` may name; default: `<action prefix>:<operation>`. */
  readonly actions?: readonly string[];
  /**
   * Condition keys that `authorise` may put into a permission's context, as the service authorization
   * reference writes them (`aws:ResourceTag/${TagKey}`, `iam:PassedToService`).
   */
  readonly conditionKeys?: readonly string[];
  /** The permissions that the call needs, all of them. Runs before `handle`; may read the store. */
  readonly authorise:
    | typeof NO_PERMISSION_NEEDED
    | ((input: Input, context: CallContext) => Awaitable<readonly Permission[]>);
  /** `none`: the operation is called unsigned (AssumeRoleWithWebIdentity); its caller is anonymous. */
  readonly signature?: 'required' | 'none';
  /** CloudTrail's `readOnly`; default: by the verb (Get, List, Describe, …). */
  readonly readOnly?: boolean;
  /** Whether the audit record shows the answer although nothing changes, as of new credentials. */
  readonly recordsAnswer?: boolean;
  /** Of an operation without a signature: whom the record of an answer names, and in whose account it is. */
  readonly sentBy?: (input: Input, output: Output) => OutsideCaller;
  /** The account of the resource where what succeeded is recorded there too; that of the caller always has its record. */
  readonly alsoRecordedIn?: (input: Input) => string | undefined;
  /** Paths of input and output that the audit record hides, besides the schema's sensitive ones. */
  readonly redact?: readonly string[];
  /** In a service with `changesIdentity`: it writes new records only, which decided about nothing before. */
  readonly addsOnly?: boolean;
  /** Does the work. Throws `awsError(…)`; anything else that is thrown becomes an InternalFailure, logged. */
  handle(input: Input, context: CallContext): Promise<Output | Change<Output>>;
}

/** The operations that are built, typed by the client: a wrong field does not compile. */
export type Operations<M> = {
  readonly [Name in OperationName<M>]?: Operation<InputOf<M, Name>, OutputOf<M, Name>>;
};

/** What the platform hands to a service outside of a call. */
export interface ServiceHost {
  readonly ports: Ports;
  readonly store: Store;
  readonly region: string;
  now(): Date;
}

/** One AWS-compatible service, whatever its SDK client. */
export interface AnyService {
  /** Name of the folder below `src/services` and of the constraints table. */
  readonly id: string;
  /** The service of the credential scope; default: `id`. */
  readonly signingName?: string;
  /** The prefix of its actions in policies; default: `signingName`. */
  readonly actionPrefix?: string;
  /** `iam.amazonaws.com`: `eventSource` of audit records; default: from `id`. */
  readonly eventSource?: string;
  /** Services with one region for all (IAM, Organizations): `us-east-1` in audit records and ARNs. */
  readonly global?: boolean;
  /** Loads the SDK client, whose schemas drive the wire; called at the first request for the service. */
  load(): Promise<object>;
  readonly operations: object;
  /** Why operations of the client are not built; told with the 501 and by `honmaru operations`. */
  readonly notBuilt?: Readonly<Record<string, Text>>;
  /** Whether its changes may alter who may do what: each commit then moves the identity version. */
  readonly changesIdentity?: boolean;
  /** Ports that other services use through `ports`. */
  readonly provides?: {
    identity?(host: ServiceHost): IdentitySource;
    organization?(host: ServiceHost): OrganizationSource;
  };
  /** Background work; the returned function ends it. */
  start?(host: ServiceHost): () => Promise<void>;
}

/** A service of which the types of the operations are known. */
export interface Service<M> extends AnyService {
  load(): Promise<M & object>;
  readonly operations: Operations<M>;
}

/** Declares a service; the operations are checked against the commands of the SDK client. */
export function service<M>(definition: Service<M>): Service<M> {
  return definition;
}
