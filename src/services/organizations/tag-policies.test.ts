import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rootCaller } from '../../platform/sign-in.ts';
import { demandTagRules } from '../../platform/tag-rules.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { effectiveTags } from './tag-policy.ts';
import { type OrganizationsBed, withOrganizations } from './testing.ts';

const CHILDREN = '@@operators_allowed_for_child_policies';

function tagPolicy(tags: object): string {
  return JSON.stringify({ tags });
}

/** What levels from the root down come to. */
function merged(...levels: readonly object[]) {
  return effectiveTags(levels.map((tags) => [tagPolicy(tags)]));
}

describe('an effective tag policy', () => {
  const cost = { tag_key: { '@@assign': 'CostCenter' }, tag_value: { '@@assign': ['100', '200'] } };

  test('assigns, appends and removes from the root down', () => {
    assert.deepEqual(merged({ costcenter: cost }), {
      costcenter: { tag_key: 'CostCenter', tag_value: ['100', '200'] },
    });
    const appended = { costcenter: { tag_value: { '@@append': ['300', '100'] } } };
    const removed = {
      COSTCENTER: { tag_value: { '@@remove': ['200'] }, enforced_for: { '@@assign': ['kms:*'] } },
    };
    assert.deepEqual(merged({ costcenter: cost }, appended, removed), {
      costcenter: { tag_key: 'CostCenter', tag_value: ['100', '300'], enforced_for: ['kms:*'] },
    });
    assert.deepEqual(merged({ costcenter: cost }, { costcenter: { tag_value: { '@@assign': ['9'] } } }), {
      costcenter: { tag_key: 'CostCenter', tag_value: ['9'] },
    });
    assert.deepEqual(merged({ Team: {} }), { team: { tag_key: 'Team' } });
  });

  test('leaves to the levels below what a level allows, which none of them can take back', () => {
    const closed = { costcenter: { ...cost, tag_value: { '@@assign': ['100'], [CHILDREN]: ['@@append'] } } };
    const wanted = { '@@assign': ['1'], '@@append': ['2'], [CHILDREN]: ['@@all'] };
    const below = { costcenter: { tag_key: { '@@assign': 'COSTCENTER' }, tag_value: wanted } };
    assert.deepEqual(merged(closed, below, { costcenter: { tag_value: { '@@remove': ['100'] } } }), {
      costcenter: { tag_key: 'COSTCENTER', tag_value: ['100', '2'] },
    });
    assert.deepEqual(
      merged({ costcenter: cost, [CHILDREN]: ['@@none'] }, { costcenter: { tag_value: wanted }, team: {} }),
      {
        costcenter: { tag_key: 'CostCenter', tag_value: ['100', '200'] },
      },
    );
    assert.deepEqual(
      merged(
        { costcenter: { ...cost, [CHILDREN]: ['@@none'] } },
        { costcenter: { tag_value: wanted }, team: {} },
      ),
      {
        costcenter: { tag_key: 'CostCenter', tag_value: ['100', '200'] },
        team: { tag_key: 'team' },
      },
    );
  });

  test('has no member of a prototype', () => {
    const content = '{"tags":{"__proto__":{"tag_value":{"@@assign":["x"]}}}}';
    const made = effectiveTags([[content]]);
    assert.deepEqual(Object.keys(made), ['__proto__']);
    assert.equal(({} as { tag_value?: unknown }).tag_value, undefined);
  });
});

async function attach({ org }: OrganizationsBed, Name: string, tags: object, TargetId: string) {
  const policy = { Name, Description: '', Type: 'TAG_POLICY', Content: tagPolicy(tags) };
  const made = await org('CreatePolicy', policy);
  const PolicyId = made.Policy?.PolicySummary?.Id;
  await org('AttachPolicy', { PolicyId, TargetId });
  return { PolicyId, TargetId };
}

describe('tag policies', () => {
  test('are attached to no place at first, and may all be detached', () =>
    withOrganizations(async (bed) => {
      const { org, begin, account } = bed;
      const root = await begin();
      const member = await account('shop');
      const PolicyType = 'TAG_POLICY';
      await assert.rejects(org('DescribeEffectivePolicy', { PolicyType }), {
        code: 'PolicyTypeNotEnabledException',
      });
      await org('EnablePolicyType', { RootId: root, PolicyType });
      assert.deepEqual((await org('ListPolicies', { Filter: PolicyType })).Policies, []);
      assert.deepEqual(
        (await org('ListPoliciesForTarget', { TargetId: root, Filter: PolicyType })).Policies,
        [],
      );
      await assert.rejects(org('DescribeEffectivePolicy', { PolicyType }), {
        code: 'EffectivePolicyNotFoundException',
      });
      const everywhere = await attach(bed, 'all', { Team: { tag_value: { '@@assign': ['a'] } } }, root);
      await attach(bed, 'shop', { Team: { tag_value: { '@@append': ['b*'] } } }, member);
      const shown = async (TargetId?: string, caller = rootCaller(member)) => {
        const { EffectivePolicy } = await org('DescribeEffectivePolicy', { PolicyType, TargetId }, caller);
        return [EffectivePolicy?.TargetId, JSON.parse(EffectivePolicy?.PolicyContent ?? '')];
      };
      const own = [member, { tags: { team: { tag_key: 'Team', tag_value: ['a', 'b*'] } } }];
      assert.deepEqual(await shown(), own);
      assert.deepEqual(await shown(member), own);
      const { Organization } = await org('DescribeOrganization');
      const management = Organization?.MasterAccountId ?? '';
      assert.deepEqual(await shown(member, rootCaller(management)), own);
      await assert.rejects(shown(management), { code: 'AccessDeniedException' });
      await org('DetachPolicy', everywhere);
      assert.deepEqual(await shown(), [member, { tags: { team: { tag_key: 'Team', tag_value: ['b*'] } } }]);
    }));

  test('are refused when they are none', () =>
    withOrganizations(async ({ org, begin }) => {
      await begin();
      const make = (Content: string) =>
        org('CreatePolicy', { Name: 'x', Description: '', Type: 'TAG_POLICY', Content });
      const wrong = [
        '{',
        '[]',
        '{}',
        '{"tags":[]}',
        '{"tags":{},"more":{}}',
        tagPolicy({ a: 1 }),
        tagPolicy({ a: { tag_key: 'A' } }),
        tagPolicy({ a: { tag_key: { '@@assign': 'B' } } }),
        tagPolicy({ a: { tag_key: { '@@append': 'A' } } }),
        tagPolicy({ a: { tag_value: { '@@assign': 'x' } } }),
        tagPolicy({ a: { tag_value: { '@@assign': ['*x*'] } } }),
        tagPolicy({ a: { tag_value: { '@@set': ['x'] } } }),
        tagPolicy({ a: { tag_value: {} } }),
        tagPolicy({ a: { enforced_for: { '@@assign': ['everything'] } } }),
        tagPolicy({ a: { [CHILDREN]: ['@@some'] } }),
        tagPolicy({ a: { other: { '@@assign': ['x'] } } }),
      ];
      for (const content of wrong) {
        await assert.rejects(make(content), { code: 'MalformedPolicyDocumentException' }, content);
      }
    }));

  test('are enforced on what they name, from the next request', () =>
    withOrganizations(async (bed) => {
      const { org, begin } = bed;
      const root = await begin();
      await org('EnablePolicyType', { RootId: root, PolicyType: 'TAG_POLICY' });
      const team = {
        tag_value: { '@@assign': ['blue', 'green-*'] },
        enforced_for: { '@@assign': ['iam:policy'] },
      };
      const attached = await attach(bed, 'teams', { Team: team }, root);
      const give = async (type: string, key: string, value: string) =>
        demandTagRules(
          { account: TEST_ACCOUNT, ports: await bed.ports() },
          type,
          [{ key, value }],
          'Refused',
        );
      const refused = { code: 'Refused' };
      await assert.rejects(give('iam:policy', 'Team', 'red'), {
        ...refused,
        message: "The tag policy does not allow the specified value for the following tag key: 'Team'.",
      });
      await assert.rejects(give('iam:policy', 'team', 'blue'), refused);
      await assert.rejects(give('iam:policy', 'Team', 'green'), refused);
      await give('iam:policy', 'Team', 'green-1');
      await give('iam:policy', 'Other', 'red');
      await give('iam:user', 'Team', 'red');
      await org('DetachPolicy', attached);
      await give('iam:policy', 'Team', 'red');
    }));
});
