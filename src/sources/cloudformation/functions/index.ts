import type { ConditionFunction, Intrinsic } from '../scope.ts';
import { and } from './and.ts';
import { base64 } from './base64.ts';
import { cidr } from './cidr.ts';
import { condition } from './condition.ts';
import { equals } from './equals.ts';
import { findInMap } from './find-in-map.ts';
import { getAtt } from './get-att.ts';
import { getAZs } from './get-azs.ts';
import { ifFunction } from './if.ts';
import { importValue } from './import-value.ts';
import { join } from './join.ts';
import { length } from './length.ts';
import { not } from './not.ts';
import { or } from './or.ts';
import { ref } from './ref.ts';
import { select } from './select.ts';
import { split } from './split.ts';
import { sub } from './sub.ts';
import { toJsonString } from './to-json-string.ts';
import { transform } from './transform.ts';

/** The functions that give values, by name. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map(
  [
    base64,
    cidr,
    findInMap,
    getAtt,
    getAZs,
    ifFunction,
    importValue,
    join,
    length,
    ref,
    select,
    split,
    sub,
    toJsonString,
    transform,
  ].map((each) => [each.name, each]),
);

/** The functions that decide conditions, by name. */
export const CONDITION_FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map(
  [and, condition, equals, not, or].map((each) => [each.name, each]),
);
