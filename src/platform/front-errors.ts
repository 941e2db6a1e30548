import { AwsError, awsError } from '../wire/aws-error.ts';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { type Answerer, wireError } from '../wire/protocol/protocol.ts';
import { askedOf } from '../wire/protocol/query.ts';
import { SerializationError } from '../wire/serialization-error.ts';
import type { LoadedService } from './loaded-service.ts';
import type { Visit } from './visit.ts';

/** The error of a request for a service that is not there. */
export function unknownService({ claim }: Visit): AwsError {
  if (claim === 'missing') {
    return awsError('MissingAuthenticationToken', 'Missing Authentication Token', { status: 403 });
  }
  if (claim === 'malformed') {
    return awsError('IncompleteSignature', 'The request signature does not conform to AWS standards.', {
      status: 400,
    });
  }
  return awsError('NotImplemented', `The service ${claim.service} is not built in this version of Honmaru.`, {
    status: 501,
  });
}

/** Source: the APIs' "Common Errors": InvalidAction of awsQuery, UnknownOperationException of the others. */
export function unknownOperation(service: LoadedService, wire: WireRequest): AwsError {
  if (speaksQuery(service)) {
    return awsError('InvalidAction', `Could not find ${askedOf(wire)}`, { status: 400 });
  }
  const rest = service.model.protocol === 'restJson1' || service.model.protocol === 'restXml';
  return awsError('UnknownOperationException', `No operation for ${wire.method}`.slice(0, 200), {
    status: rest ? 404 : 400,
  });
}

/** What a client is told of something that was thrown; anything but AWS's errors is a defect. */
export function knownError(
  service: LoadedService,
  error: unknown,
  onDefect: (error: unknown) => void,
): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof SerializationError) {
    return awsError(speaksQuery(service) ? 'MalformedInput' : 'SerializationException', error.message, {
      status: 400,
    });
  }
  onDefect(error);
  return awsError('InternalFailure', 'The request processing has failed because of an unknown error.', {
    status: 500,
  });
}

/** An error in the envelope of the protocol that the client speaks. */
export function answerError({ service, requestId }: Visit, error: AwsError, answer: Answerer): WireResponse {
  const shown = service
    ? wireError(service.model, error, speaksQuery(service))
    : {
        code: error.code,
        message: error.message,
        status: error.status ?? 400,
        sender: (error.status ?? 400) < 500,
        shape: undefined,
        fields: {},
      };
  const answered = answer.error(shown, requestId);
  return error.headers ? { ...answered, headers: { ...answered.headers, ...error.headers } } : answered;
}

function speaksQuery({ model }: LoadedService): boolean {
  return model.protocol === 'awsQuery' || model.protocol === 'ec2Query';
}
