import type { Decision, PolicyProgram } from '../iam/engine.ts';
import type { ContextValue } from '../iam/request.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './caller.ts';
import type { Ports } from './ports.ts';

/** One question to the policy engine: may the caller do this to that? */
export interface Permission {
  /** `iam:GetUser` */
  readonly action: string;
  /** ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** The account that owns the resource, where the ARN does not say; default: the caller's. */
  readonly resourceAccount?: string;
  /** Condition keys that follow from the input and the resource. The caller's and the request's own are added. */
  readonly context?: Readonly<Record<string, ContextValue>>;
  /** The policy of the resource (key policy, bucket policy, trust policy). */
  readonly resourcePolicy?: PolicyProgram | undefined;
  /** Grants on the resource, see `grantPolicy` of the engine. */
  readonly grants?: PolicyProgram | undefined;
  /** How the message names the resource, where AWS does not print the ARN (`user alice`). */
  readonly resourceText?: string | undefined;
}

/** What of the HTTP request conditions and audit records speak of. */
export interface RequestFacts {
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly secureTransport: boolean;
  readonly host: string;
  /**
   * The service that asks on the caller's behalf, such as `secretsmanager`; absent when the caller asks itself. Sets
   * `aws:ViaAWSService`, and `kms:ViaService` where KMS is asked.
   */
  readonly viaService?: string;
}

/** Reading only: a handler writes by returning {@link Change}, so that effect and audit record are one commit. */
export type StoreReader = Pick<Store, 'get' | 'list' | 'count'>;

/** What a handler is handed with its input. */
export interface CallContext {
  readonly caller: Caller;
  /** The account that the call acts in: the caller's. */
  readonly account: string;
  readonly region: string;
  readonly partition: 'aws';
  readonly requestId: string;
  /** One moment for the whole call. */
  readonly now: Date;
  readonly request: RequestFacts;
  readonly store: StoreReader;
  readonly ports: Ports;
  /** Asks the engine a further question about the caller, such as iam:PassRole on the role of the input. */
  decide(permission: Permission): Promise<Decision>;
  /**
   * Like `decide`; at once where everything is at hand.
   * @throws AwsError the service's AccessDenied, with the deciding layer in AWS's words.
   */
  demand(permission: Permission): undefined | Promise<undefined>;
}
