import { InputError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { text } from '../../kernel/texts.ts';
import type { SendCall } from './api.ts';
import { mapsOf, textOf } from './fields.ts';

export interface Regions {
  readonly read: readonly string[];
  /** Regions that are switched off for the account: nothing can be in them, and nothing is asked there. */
  readonly off: readonly string[];
}

/**
 * The regions to read: all that are switched on, or the named ones. Amazon EC2 API reference, "DescribeRegions".
 *
 * @param wanted `all` or names; without any, the one region of `region`
 * @throws InputError `aws-region` for a name that no region has.
 */
export async function regionsOf(send: SendCall, region: string, wanted: readonly string[]): Promise<Regions> {
  if (wanted.length === 0) return { read: [region], off: [] };
  const known = await knownRegions(send, region, wanted.includes('all'));
  // Who may not list regions may still name them.
  if (!known) return { read: [...new Set(wanted)].sort(), off: [] };
  if (wanted.includes('all')) {
    return { read: [...known.on].sort(), off: [...known.off].sort() };
  }
  for (const name of wanted) if (!known.on.has(name) && !known.off.has(name)) throw noRegion(name, known.on);
  const names = [...new Set(wanted)].sort();
  return {
    read: names.filter((name) => known.on.has(name)),
    off: names.filter((name) => known.off.has(name)),
  };
}

interface Known {
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
}

async function knownRegions(send: SendCall, region: string, needed: boolean): Promise<Known | undefined> {
  try {
    const input = { AllRegions: true };
    const answer = await send({ service: 'ec2', operation: 'DescribeRegions', region, input });
    const regions = mapsOf(answer, 'Regions').map((each) => ({
      name: textOf(each, 'RegionName'),
      on: textOf(each, 'OptInStatus') !== 'not-opted-in',
    }));
    if (regions.length === 0) return undefined;
    return {
      on: new Set(regions.filter(({ on }) => on).map(({ name }) => name)),
      off: new Set(regions.filter(({ on }) => !on).map(({ name }) => name)),
    };
  } catch (error) {
    if (needed) throw cannotList(error);
    return undefined;
  }
}

function cannotList(cause: unknown): unknown {
  if (cause instanceof InputError) return cause;
  const details = {
    code: 'aws-regions',
    message: text('the regions of the account cannot be listed', 'アカウントのリージョンを一覧できません'),
    remedy: text(
      'allow ec2:DescribeRegions, or name the regions: --regions eu-west-1,us-east-1',
      'ec2:DescribeRegions を許可するか、リージョンを指定してください: --regions eu-west-1,us-east-1',
    ),
  };
  return new InputError(details, { cause });
}

function noRegion(name: string, known: ReadonlySet<string>): InputError {
  const near = nearest(name, [...known]);
  return new InputError({
    code: 'aws-region',
    message: text(`AWS has no region "${name}"`, `AWSに「${name}」というリージョンはありません`),
    remedy: near
      ? text(`did you mean ${near}?`, `${near} のことですか?`)
      : text('aws ec2 describe-regions lists them', 'aws ec2 describe-regions で一覧できます'),
  });
}
