import { shapeOf, traitsOf } from './sdk-schema.ts';
import { isStructure, type OperationShape, type StructureShape, UNIT } from './shape.ts';

export type ProtocolName =
  | 'awsJson1_0'
  | 'awsJson1_1'
  | 'restJson1'
  | 'restXml'
  | 'awsQuery'
  | 'ec2Query'
  | 'rpcv2Cbor';

/** Everything of a service that its SDK client says at run time. */
export interface ServiceModel {
  readonly protocol: ProtocolName;
  /** What stands before the dot in `x-amz-target`, and the service in rpcv2Cbor's paths. */
  readonly target: string;
  readonly version: string;
  readonly xmlNamespace: string;
  /** `com.amazonaws.iam` */
  readonly namespace: string;
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationShape>;
  /** Modelled errors by the SDK's name and by the code of awsQuery. */
  readonly errors: ReadonlyMap<string, StructureShape>;
}

interface ProtocolSettings {
  readonly defaultNamespace?: string;
  readonly serviceTarget?: string;
  readonly version?: string;
  readonly xmlNamespace?: string;
  readonly awsQueryCompatible?: boolean;
}

interface ClientLike {
  readonly config: {
    readonly protocol?: { getShapeId?(): string };
    readonly protocolSettings?: ProtocolSettings;
  };
}

const PROTOCOLS: Readonly<Record<string, ProtocolName>> = {
  'aws.protocols#awsJson1_0': 'awsJson1_0',
  'aws.protocols#awsJson1_1': 'awsJson1_1',
  'aws.protocols#restJson1': 'restJson1',
  'aws.protocols#restXml': 'restXml',
  'aws.protocols#awsQuery': 'awsQuery',
  'aws.protocols#ec2Query': 'ec2Query',
  'smithy.protocols#rpcv2Cbor': 'rpcv2Cbor',
};

/**
 * Reads the model out of the module of an SDK client.
 *
 * @throws Error when the module has another form than the pinned version's.
 */
export function serviceModel(module: object): ServiceModel {
  const exported = Object.entries(module);
  const operations = new Map<string, OperationShape>();
  const errors = new Map<string, StructureShape>();
  for (const [name, value] of exported) {
    if (!name.endsWith('$') || !Array.isArray(value)) continue;
    if (value[0] === 9) operations.set(value[2], operationShape(value));
    if (value[0] === -3) addError(errors, shapeOf(value) as StructureShape);
  }
  const { protocol, protocolSettings: settings = {} } = clientOf(exported).config;
  const name = PROTOCOLS[protocol?.getShapeId?.() ?? ''];
  if (name === undefined || operations.size === 0) throw new Error('the SDK client has an unknown form');
  return {
    protocol: name,
    target: settings.serviceTarget ?? '',
    version: settings.version ?? '',
    xmlNamespace: settings.xmlNamespace ?? '',
    namespace: settings.defaultNamespace ?? '',
    queryCompatible: settings.awsQueryCompatible ?? false,
    operations,
    errors,
  };
}

function operationShape(tuple: readonly unknown[]): OperationShape {
  const [, , name, traits, input, output] = tuple as [number, string, string, unknown, unknown, unknown];
  return {
    name,
    traits: traitsOf(traits),
    get input() {
      return structureOf(input);
    },
    get output() {
      return structureOf(output);
    },
  };
}

function structureOf(schema: unknown): StructureShape {
  const shape = shapeOf(schema);
  return isStructure(shape) ? shape : UNIT;
}

function addError(errors: Map<string, StructureShape>, shape: StructureShape): void {
  errors.set(shape.name, shape);
  const code = shape.traits.awsQueryError?.[0];
  if (code !== undefined) errors.set(code, shape);
}

/** The client says which protocol it speaks; credentials are given so that none are looked for. */
function clientOf(exported: readonly (readonly [string, unknown])[]): ClientLike {
  const found = exported.find(([name]) => name.endsWith('Client') && !name.startsWith('_'));
  const Client = found?.[1] as (new (config: object) => ClientLike) | undefined;
  if (Client === undefined) throw new Error('the SDK client has an unknown form');
  return new Client({ region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
}
