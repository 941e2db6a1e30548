import type { CallContext } from './context.ts';
import type { TagRule } from './identity.ts';
import { awsError } from './service.ts';

/** A tag that a request gives to something. */
export interface RequestedTag {
  readonly key: string;
  readonly value: string;
}

/**
 * Holds tags that a call gives against the tag policies that are enforced in its account. Source: AWS Organizations
 * User Guide, "Enforce tagging consistency".
 *
 * @param type what they are given to, as tag policies name it: `iam:policy`, `kms:key`.
 * @param code the error code of the service for a tag that it does not take.
 * @throws AwsError for a tag that is written otherwise, or has another value, than a policy says.
 */
export async function demandTagRules(
  { account, ports }: Pick<CallContext, 'account' | 'ports'>,
  type: string,
  tags: readonly RequestedTag[],
  code: string,
): Promise<void> {
  if (tags.length === 0) return;
  const { tagRules = [] } = (await ports.organization.of(account)) ?? {};
  const rules = tagRules.filter(({ resources }) => resources.some((each) => names(each, type)));
  for (const tag of tags) {
    const rule = rules.find((each) => breaks(tag, each));
    if (rule === undefined) continue;
    const why =
      rule.key === tag.key
        ? `The tag policy does not allow the specified value for the following tag key: '${tag.key}'.`
        : `The tag policy does not allow the tag key '${tag.key}': it is written '${rule.key}'.`;
    throw awsError(code, why, { status: 400 });
  }
}

/** Whether an item of `enforced_for` names a type of resource. */
function names(item: string, type: string): boolean {
  const [service] = type.split(':', 1);
  return item === type || item === `${service}:*` || item === `${service}:ALL_SUPPORTED`;
}

function breaks({ key, value }: RequestedTag, rule: TagRule): boolean {
  if (rule.key.toLowerCase() !== key.toLowerCase()) return false;
  return rule.key !== key || (rule.values !== undefined && !rule.values.some((each) => fits(value, each)));
}

function fits(value: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return value === pattern;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const isLong = value.length >= before.length + after.length;
  return isLong && value.startsWith(before) && value.endsWith(after);
}
