import type { AwsError } from '../aws-error.ts';
import type { WireRequest, WireResponse } from '../message.ts';
import type { ServiceModel } from '../schema/service-model.ts';
import type { OperationShape, StructureShape } from '../schema/shape.ts';

/** An error as an envelope shows it. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** Whose fault it is. */
  readonly sender: boolean;
  /** The modelled error, whose members are the fields. */
  readonly shape: StructureShape | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** How one protocol answers. */
export interface Answerer {
  output(shape: OperationShape, output: unknown, requestId: string): WireResponse;
  error(error: WireError, requestId: string): WireResponse;
}

/** A request of which the operation is known. */
export interface Routed {
  readonly operation: string;
  /** Undefined when the service has no operation of this name. */
  readonly shape: OperationShape | undefined;
  /** Decodes the input. @throws SerializationError */
  read(): unknown;
  readonly answer: Answerer;
}

/** One protocol for one service. */
export interface Protocol {
  readonly answer: Answerer;
  /** Undefined when the request names no operation. @throws SerializationError */
  route(request: WireRequest): Routed | undefined;
}

/**
 * What an error of AWS's becomes on the wire of a service. The models of awsJson services carry statuses of their
 * REST days (404, 409, 412) that AWS does not send: it answers 400 or 500. Source: recorded answers of KMS; AWS KMS
 * and AWS Organizations API Reference, "Errors" of each operation.
 */
export function wireError(model: ServiceModel, error: AwsError, query: boolean): WireError {
  const shape = model.errors.get(error.code);
  const queryError = shape?.traits.awsQueryError;
  const modelled = model.protocol.startsWith('awsJson') ? undefined : shape?.traits.httpError;
  const status = error.status ?? (query ? queryError?.[1] : undefined) ?? modelled ?? modelledStatus(shape);
  return {
    code: (query ? queryError?.[0] : undefined) ?? shape?.name ?? error.code,
    message: error.message,
    status,
    sender: status < 500,
    shape,
    fields: error.fields,
  };
}

function modelledStatus(shape: StructureShape | undefined): number {
  return shape?.traits.error === 'server' ? 500 : 400;
}

/** The members of a modelled error with its message, under the name that the model gives the message. */
export function errorMembers({ shape, fields, message }: WireError): Readonly<Record<string, unknown>> {
  const named = shape?.members.find(({ name }) => name.toLowerCase() === 'message');
  return { ...fields, [named?.name ?? 'message']: message };
}
