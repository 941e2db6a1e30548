/**
 * What the wire knows of a type: the kinds of Smithy, reduced to what serialisation and validation ask.
 * Source: Smithy specification, "Simple types", "Aggregate types" and "HTTP bindings".
 */
export type Shape = SimpleShape | ListShape | MapShape | StructureShape;

export type SimpleKind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'blob'
  | 'timestamp'
  | 'document'
  | 'big-integer'
  | 'big-decimal'
  | 'unit';

export interface SimpleShape {
  readonly kind: SimpleKind;
  readonly name: string;
  readonly traits: Traits;
  /** Of a timestamp: the format that the model demands; undefined: the protocol's own. */
  readonly format?: TimestampFormat | undefined;
  readonly streaming?: boolean;
}

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

export interface ListShape {
  readonly kind: 'list';
  readonly name: string;
  readonly traits: Traits;
  readonly item: Member;
}

export interface MapShape {
  readonly kind: 'map';
  readonly name: string;
  readonly traits: Traits;
  readonly key: Member;
  readonly value: Member;
}

export interface StructureShape {
  readonly kind: 'structure' | 'union';
  readonly name: string;
  readonly traits: Traits;
  /** Made on first use: structures contain each other. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly required: boolean;
  /** The member's traits over those of its target. */
  readonly traits: Traits;
  readonly shape: Shape;
}

/** Traits that say how a value travels. */
export interface Traits {
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: boolean | 1;
  readonly xmlAttribute?: boolean | 1;
  readonly xmlNamespace?: readonly [prefix: string | undefined, uri: string];
  readonly ec2QueryName?: string;
  readonly httpLabel?: boolean | 1;
  readonly httpQuery?: string;
  readonly httpQueryParams?: boolean | 1;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: boolean | 1;
  readonly httpResponseCode?: boolean | 1;
  readonly mediaType?: string;
  readonly sparse?: boolean | 1;
  readonly sensitive?: boolean | 1;
  readonly hostLabel?: boolean | 1;
  readonly idempotencyToken?: boolean | 1;
  readonly streaming?: boolean | 1;
  readonly eventPayload?: boolean | 1;
  /** `client` or `server`. */
  readonly error?: 'client' | 'server';
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly http?: readonly [method: string, uri: string, status: number];
}

export interface OperationShape {
  readonly name: string;
  readonly traits: Traits;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

/** A structure without members: what stands for Smithy's Unit. */
export const UNIT: StructureShape = { kind: 'structure', name: 'Unit', traits: {}, members: [] };

/** The shape of a member when it is of one of the kinds with members. */
export function isStructure(shape: Shape): shape is StructureShape {
  return shape.kind === 'structure' || shape.kind === 'union';
}
