import { inputCheck } from '../wire/check/violations.ts';
import { type ConstraintTable, NO_CONSTRAINTS } from '../wire/constraints/table.ts';
import { type ServiceProtocols, serviceProtocols } from '../wire/protocol/service-protocols.ts';
import { type ServiceModel, serviceModel } from '../wire/schema/service-model.ts';
import type { OperationShape } from '../wire/schema/shape.ts';
import { type ServiceErrors, serviceErrors } from '../wire/service-errors.ts';
import type { PathStyle } from '../wire/sigv4/canonical-request.ts';
import type { AnyService, Operation } from './service.ts';

/** An operation whatever its types: what comes in was checked against the schema. */
export type AnyOperation = Operation<never, unknown>;

/** A service with its SDK client's model. */
export interface LoadedService {
  readonly definition: AnyService;
  readonly id: string;
  readonly signingName: string;
  readonly actionPrefix: string;
  readonly eventSource: string;
  readonly model: ServiceModel;
  readonly errors: ServiceErrors;
  readonly protocols: ServiceProtocols;
  /** How its clients sign paths. */
  readonly pathStyle: PathStyle;
  /** The operation when it is built. */
  built(name: string): AnyOperation | undefined;
  shape(name: string): OperationShape | undefined;
  /** All violations of the model in one message, or undefined. */
  violations(shape: OperationShape, input: unknown): string | undefined;
}

/** Loads the SDK client and the constraints of a service. */
export async function loadService(definition: AnyService): Promise<LoadedService> {
  const [module, table] = await Promise.all([definition.load(), constraintsOf(definition.id)]);
  const model = serviceModel(module);
  const operations = definition.operations as Readonly<Record<string, AnyOperation | undefined>>;
  const checks = new Map<OperationShape, (input: unknown) => string | undefined>();
  const signingName = signingNameOf(definition);
  return {
    definition,
    id: definition.id,
    signingName,
    actionPrefix: definition.actionPrefix ?? signingName,
    eventSource: definition.eventSource ?? `${definition.id}.amazonaws.com`,
    model,
    errors: serviceErrors(signingName, model.protocol),
    protocols: serviceProtocols(model),
    pathStyle: signingName === 's3' ? 's3' : 'normalised',
    built: (name) => (Object.hasOwn(operations, name) ? operations[name] : undefined),
    shape: (name) => model.operations.get(name),
    violations(shape, input) {
      let check = checks.get(shape);
      if (check === undefined) {
        check = inputCheck(shape.input, table);
        checks.set(shape, check);
      }
      return check(input);
    },
  };
}

export function signingNameOf(definition: Pick<AnyService, 'id' | 'signingName'>): string {
  return definition.signingName ?? definition.id;
}

const TABLES: Readonly<Record<string, () => Promise<{ readonly CONSTRAINTS: ConstraintTable }>>> = {
  iam: () => import('../wire/constraints/iam.generated.ts'),
  sts: () => import('../wire/constraints/sts.generated.ts'),
  organizations: () => import('../wire/constraints/organizations.generated.ts'),
  kms: () => import('../wire/constraints/kms.generated.ts'),
  secretsmanager: () => import('../wire/constraints/secretsmanager.generated.ts'),
};

async function constraintsOf(id: string): Promise<ConstraintTable> {
  const load = Object.hasOwn(TABLES, id) ? TABLES[id] : undefined;
  return load ? (await load()).CONSTRAINTS : NO_CONSTRAINTS;
}
