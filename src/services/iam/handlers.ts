import type * as Sdk from '@aws-sdk/client-iam';
import type { CallContext } from '../../platform/context.ts';
import type { Change, InputOf, OperationName, OutputOf } from '../../platform/service.ts';

/** The client whose commands this service answers. */
export type Iam = typeof Sdk;
export type IamOperation = OperationName<Iam>;

/**
 * What operations do, family by family. How they are authorised stands in one table (`authorisation.ts`), so
 * that it can be read and checked as a whole.
 */
export type Handlers = {
  readonly [Name in IamOperation]?: (
    input: InputOf<Iam, Name>,
    context: CallContext,
  ) => Promise<OutputOf<Iam, Name> | Change<OutputOf<Iam, Name>>>;
};
