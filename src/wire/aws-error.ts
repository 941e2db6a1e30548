/** What a service answers instead of its output: an error of AWS's, with AWS's name. */
export interface AwsErrorDetails {
  /** The members of a modelled error besides the message. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /**
   * HTTP status. Left out for errors of the service's own model, which say it themselves; an error that is
   * in no model is a 400.
   */
  readonly status?: number;
}

/**
 * An error of AWS's. `code` is the name on the wire (`NoSuchEntity`) or the name of the SDK's class
 * (`NoSuchEntityException`): the codec finds the modelled error by either.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: AwsErrorDetails = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = details.status;
    this.fields = details.fields ?? {};
  }
}

/**
 * Makes an error to throw: `throw awsError('NoSuchEntity', 'The user with name x cannot be found.')`.
 * The message is AWS's, in English: clients compare it.
 */
export function awsError(code: string, message: string, details?: AwsErrorDetails): AwsError {
  return new AwsError(code, message, details);
}
