import type { ProtocolName, ServiceModel } from '../../src/wire/schema/service-model.ts';
import {
  isStructure,
  type Member,
  type OperationShape,
  type Shape,
  type SimpleKind,
  type StructureShape,
  type TimestampFormat,
  type Traits,
  UNIT,
} from '../../src/wire/schema/shape.ts';

/** A shape as botocore's models describe it. */
export interface DescribedShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, DescribedMember>>;
  readonly member?: DescribedMember;
  readonly key?: DescribedMember;
  readonly value?: DescribedMember;
  readonly required?: readonly string[];
  readonly payload?: string;
  /** In older models a shape says where its members stand. */
  readonly location?: string;
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly document?: boolean;
  readonly union?: boolean;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly httpStatusCode?: number; readonly code?: string };
  readonly timestampFormat?: string;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
}

export interface DescribedMember extends Partial<DescribedShape> {
  readonly shape: string;
  readonly queryName?: string;
  readonly xmlAttribute?: boolean;
  readonly jsonvalue?: boolean;
  readonly idempotencyToken?: boolean;
}

export interface DescribedOperation {
  readonly name: string;
  readonly http?: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: DescribedMember;
  readonly output?: DescribedMember;
  readonly requestcompression?: object;
}

export interface DescribedSuite {
  readonly description: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, DescribedShape>>;
}

const KINDS: Readonly<Record<string, SimpleKind>> = {
  string: 'string',
  character: 'string',
  blob: 'blob',
  boolean: 'boolean',
  timestamp: 'timestamp',
  integer: 'number',
  long: 'number',
  short: 'number',
  byte: 'number',
  float: 'number',
  double: 'number',
};

const FORMATS: Readonly<Record<string, TimestampFormat>> = {
  iso8601: 'date-time',
  rfc822: 'http-date',
  unixTimestamp: 'epoch-seconds',
};

/** The model that a suite and one of its operations describe, as the codecs know models. */
export function describedModel(
  suite: DescribedSuite,
  operation: DescribedOperation,
  protocol: ProtocolName,
): ServiceModel {
  const made = new Map<string, Shape>();
  const json = protocol.startsWith('awsJson') || protocol === 'restJson1';

  function shapeNamed(name: string): Shape {
    const before = made.get(name);
    if (before) return before;
    const described = suite.shapes[name];
    if (!described) throw new Error(`no shape ${name}`);
    const shape = shapeOf(name, described);
    made.set(name, shape);
    return shape;
  }

  function shapeOf(name: string, described: DescribedShape): Shape {
    const traits = shapeTraits(described);
    if (described.document) return { kind: 'document', name, traits };
    // One older model calls a map with key and value a string.
    switch (described.key ? 'map' : described.type) {
      case 'structure': {
        const kind = described.union ? 'union' : 'structure';
        let members: readonly Member[] | undefined;
        return {
          kind,
          name,
          traits,
          get members() {
            members ??= Object.entries(described.members ?? {}).map(([each, member]) =>
              memberOf(each, member, described),
            );
            return members;
          },
        };
      }
      case 'list':
        return {
          kind: 'list',
          name,
          traits,
          get item() {
            return memberOf('member', described.member, described);
          },
        };
      case 'map':
        return {
          kind: 'map',
          name,
          traits,
          get key() {
            return memberOf('key', described.key, described);
          },
          get value() {
            return memberOf('value', described.value, described);
          },
        };
      default: {
        const kind = KINDS[described.type];
        if (!kind) throw new Error(`no kind ${described.type}`);
        return { kind, name, traits, format: FORMATS[described.timestampFormat ?? ''] };
      }
    }
  }

  function shapeTraits({ flattened, exception, error, fault, xmlNamespace }: DescribedShape): Traits {
    return {
      ...(flattened && { xmlFlattened: true }),
      ...(xmlNamespace && { xmlNamespace: [xmlNamespace.prefix, xmlNamespace.uri] as const }),
      ...(exception && {
        error: fault ? ('server' as const) : ('client' as const),
        httpError: (json && error?.code ? undefined : error?.httpStatusCode) ?? (fault ? 500 : 400),
      }),
      ...(exception && error?.code && { awsQueryError: [error.code, error.httpStatusCode ?? 400] as const }),
    };
  }

  function memberOf(name: string, member: DescribedMember | undefined, owner: DescribedShape): Member {
    if (!member) throw new Error(`no member ${name}`);
    let shape = shapeNamed(member.shape);
    const format = FORMATS[member.timestampFormat ?? ''];
    if (format && shape.kind === 'timestamp') shape = { ...shape, format };
    return {
      name,
      shape,
      required: owner.required?.includes(name) ?? false,
      traits: { ...(isStructure(shape) ? {} : shape.traits), ...memberTraits(name, member, owner, shape) },
    };
  }

  /** In older models a flattened list is named after its items. */
  function flatName(shape: Shape): string | undefined {
    const flat = protocol === 'awsQuery' && shape.kind === 'list' && shape.traits.xmlFlattened;
    return flat ? shape.item.traits.xmlName : undefined;
  }

  function memberTraits(name: string, member: DescribedMember, owner: DescribedShape, shape: Shape): Traits {
    const { queryName, flattened, xmlAttribute, xmlNamespace, jsonvalue } = member;
    const location = member.location ?? suite.shapes[member.shape]?.location;
    const locationName = member.locationName ?? flatName(shape);
    const label = locationName ?? name;
    return {
      ...(location === undefined && locationName && (json ? { jsonName: label } : { xmlName: label })),
      ...(location === 'uri' && { httpLabel: true }),
      ...(location === 'querystring' &&
        (shape.kind === 'map' ? { httpQueryParams: true } : { httpQuery: label })),
      ...(location === 'header' && { httpHeader: label }),
      ...(location === 'headers' && { httpPrefixHeaders: locationName ?? '' }),
      ...(location === 'statusCode' && { httpResponseCode: true }),
      ...(queryName && { ec2QueryName: queryName }),
      ...(flattened && { xmlFlattened: true }),
      ...(xmlAttribute && { xmlAttribute: true }),
      ...(jsonvalue && { mediaType: 'application/json' }),
      ...(xmlNamespace && { xmlNamespace: [xmlNamespace.prefix, xmlNamespace.uri] as const }),
      ...(owner.payload === name && { httpPayload: true }),
    };
  }

  const structure = (described: DescribedMember | undefined): StructureShape => {
    const named = described && suite.shapes[described.shape];
    // In older models the operation says which member is the payload.
    const shape =
      described?.payload && named
        ? shapeOf(described.shape, { ...named, payload: described.payload })
        : described && shapeNamed(described.shape);
    return shape && isStructure(shape) ? shape : UNIT;
  };
  const { http } = operation;
  const built: OperationShape = {
    name: operation.name,
    traits: http
      ? { http: [http.method, labelled(http.requestUri, operation, suite), http.responseCode ?? 200] }
      : {},
    input: structure(operation.input),
    output: structure(operation.output),
  };
  const errors = Object.entries(suite.shapes)
    .filter(([, { exception }]) => exception)
    .map(([name]) => shapeNamed(name) as StructureShape);
  return {
    protocol,
    target: String(suite.metadata.targetPrefix ?? ''),
    version: String(suite.metadata.apiVersion ?? ''),
    xmlNamespace: 'https://example.com/',
    namespace: 'com.example',
    queryCompatible: suite.metadata.awsQueryCompatible !== undefined,
    operations: new Map([[operation.name, built]]),
    errors: new Map(errors.map((error) => [error.name, error])),
  };
}

/** Labels stand in the path under their wire names; the codecs know them by the names of their members. */
function labelled(uri: string, operation: DescribedOperation, suite: DescribedSuite): string {
  const members = suite.shapes[operation.input?.shape ?? '']?.members ?? {};
  let text = uri;
  for (const [name, { location, locationName }] of Object.entries(members)) {
    if (location === 'uri' && locationName) text = text.replace(`{${locationName}`, `{${name}`);
  }
  return text;
}
