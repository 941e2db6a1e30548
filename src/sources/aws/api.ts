/** What comes back from an AWS API, before anything is known about it. */
export type Output = Readonly<Record<string, unknown>>;

/** One call of an AWS API. Services and operations carry the names of the `@aws-sdk/client-*` packages. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: Output;
}

/** Sends one call; rejects with the error of the service. */
export type SendCall = (call: AwsCall) => Promise<Output>;

/** A resource as it was found in the account, in CloudFormation's words. */
export interface FoundResource {
  /** The ARN, or what else names it in the whole account. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly region: string;
  /** What other resources call it by, for each attribute: `{ Ref: 'vpc-1' }`. */
  readonly names?: Readonly<Record<string, string>>;
  readonly properties: Output;
  /** Paths of properties that could not be read, such as `BucketEncryption`. */
  readonly unread?: readonly string[];
}

/** Something that was asked and not answered: what hangs on it is unknown. */
export interface Gap {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** The types of which resources may be missing; empty when only properties are. */
  readonly types: readonly string[];
  readonly reason: 'access-denied' | 'throttled' | 'not-available' | 'failed';
  /** The name of the service's error; never its message, which may carry data. */
  readonly error: string;
}

/** What a collector is given: its account, its region and the calls that it declared. */
export interface Api {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** One call. Rejects when it is not answered; the collector's types are then a gap. */
  call(operation: string, input?: Output): Promise<Output>;
  /** All items of all pages; the list's name may be a path, such as `DistributionList.Items`. */
  all(operation: string, list: string, input?: Output): Promise<readonly Output[]>;
  /** As `all`; when it is not answered only the given types are a gap, and the rest goes on without them. */
  some(operation: string, list: string, types: readonly string[], input?: Output): Promise<readonly Output[]>;
  /** The same for a list of texts, such as ARNs. */
  texts(operation: string, list: string, input?: Output): Promise<readonly string[]>;
  /** A call of which some errors mean "there is none" (undefined). Other failures become `unread`. */
  detail(operation: string, input: Output, options?: DetailOptions): Promise<Detail>;
  /** An ARN of this account and region. */
  arn(service: string, rest: string): string;
}

export interface DetailOptions {
  /** Names of errors by which the service says that nothing is set. */
  readonly none?: readonly string[];
  /** Types of which resources may be missing when it is not answered. */
  readonly types?: readonly string[];
}

/** `none`: the service said that nothing is set. `unread`: it did not answer. */
export type Detail =
  | { readonly is: 'read'; readonly output: Output }
  | { readonly is: 'none' }
  | { readonly is: 'unread' };

/** Reads one part of an account. */
export interface Collector {
  /** Unique; also the name under which finished work is kept. */
  readonly id: string;
  /** The package is `@aws-sdk/client-<service>`. */
  readonly service: string;
  readonly where: 'region' | 'account';
  /** The one region that knows of it, for account-wide services that answer nowhere else (partition `aws`). */
  readonly only?: string;
  /** The types that it lists completely when it succeeds. */
  readonly types: readonly string[];
  /** Every operation that it calls, with the IAM action that allows it. */
  readonly actions: Readonly<Record<string, string>>;
  /** Errors by which the service says that it is switched off: then there is nothing, and that is known. */
  readonly off?: readonly string[];
  read(api: Api): Promise<readonly FoundResource[]>;
}
