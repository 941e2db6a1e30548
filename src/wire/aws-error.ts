/** What a service answers instead of its output: an error of AWS's, with AWS's name. */
export interface AwsErrorDetails {
  /** The members of a modelled error besides the message. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /**
   * HTTP status. Left out for errors of the service's own model, which say it themselves; an error that is
   * in no model is a 400.
   */
  readonly status?: number;
  /** What the audit record says besides (`additionalEventData`); it is not sent. */
  readonly evidence?: Readonly<Record<string, unknown>>;
  /** Headers of the response, besides those of the protocol. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error of AWS's. `code` is the name on the wire (`NoSuchEntity`) or the name of the SDK's class
 * (`NoSuchEntityException`): the codec finds the modelled error by either.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly evidence: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: string, message: string, details: AwsErrorDetails = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = details.status;
    this.fields = details.fields ?? {};
    this.evidence = details.evidence;
    this.headers = details.headers;
  }
}

/**
 * Makes an error to throw: `throw awsError('NoSuchEntity', 'The user with name x cannot be found.')`.
 * The message is AWS's, in English: clients compare it.
 */
export function awsError(code: string, message: string, details?: AwsErrorDetails): AwsError {
  return new AwsError(code, message, details);
}
