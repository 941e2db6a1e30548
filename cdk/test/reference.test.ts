import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { App } from 'aws-cdk-lib/core';
import { CATALOGUE, Safeguards, type WebAppProps } from '../src/index.ts';
import { accountStack, referenceApp } from './apps/reference.ts';
import { brokenReferences } from './support/references.ts';
import { violations } from './support/schema.ts';
import { type Attachment, ofType, synthesized } from './support/synthesized.ts';

/** What is not on, with the reason: CloudFormation cannot declare it, or it is left out on purpose. */
const NOT_ON: readonly {
  readonly id: string;
  readonly at: RegExp;
  readonly state: string;
  readonly why: RegExp;
}[] = [
  {
    id: 'inspector',
    at: /./,
    state: 'unknown',
    why: /CloudFormation cannot declare the activation of Inspector/,
  },
  { id: 's3-block-public-access', at: /^account:/, state: 'unknown', why: /CloudFormation cannot declare/ },
  { id: 'mfa', at: /^account:/, state: 'unknown', why: /CloudFormation cannot declare the root user/ },
  { id: 'macie', at: /Bucket|Uploads/, state: 'unknown', why: /aws macie2 describe-buckets/ },
  { id: 'code-review', at: /^account:/, state: 'unknown', why: /repository was not read/ },
  { id: 'dependabot', at: /^account:/, state: 'unknown', why: /repository was not read/ },
  {
    id: 'vulnerability-intelligence',
    at: /^account:/,
    state: 'unknown',
    why: /a process that no template shows/,
  },
  // A yearly commitment that the reference environment does not make.
  { id: 'shield', at: /./, state: 'off', why: /Standard only/ },
  // The function by which CDK makes the account's settings runs at deployments only; its calls take no resource.
  { id: 'budget', at: /AWS679f53fac/, state: 'off', why: /concurrency/ },
  {
    id: 'iam-least-privilege',
    at: /AWS679f53fac/,
    state: 'partial',
    why: /inspector2:Enable on every resource/,
  },
  // Logs of distributions are delivered with an ACL, under S3's own keys, and by nobody into themselves.
  { id: 'kms', at: /EdgeLogBucket/, state: 'off', why: /AWS's own key/ },
  { id: 'logging', at: /EdgeLogBucket/, state: 'off', why: /no logs/ },
];

function isExplained(id: string, { resource, state, because }: Attachment): boolean {
  if (state === 'on' || state === 'not-applicable') return true;
  return NOT_ON.some(
    (each) => each.id === id && each.state === state && each.at.test(resource) && each.why.test(because.en),
  );
}

const FRONTS: Readonly<Record<string, readonly [WebAppProps, string]>> = {
  'a load balancer': [{ networkFirewall: true }, 'ap-northeast-1'],
  CloudFront: [{ front: 'cloudfront', networkFirewall: true, databaseEngine: 'postgres' }, 'us-east-1'],
};

for (const [name, [props, region]] of Object.entries(FRONTS)) {
  const build = (app: App) => {
    Safeguards.attachTo(referenceApp(app, props, region), { patchOperatingSystem: 'AMAZON_LINUX_2023' });
    accountStack(app);
  };
  describe(`WebApp behind ${name}, with its safeguards and those of the account`, () => {
    test('every template is allowed by the resource schemas', () =>
      synthesized(build, (made) => {
        assert.equal(made.templates.size, 2);
        for (const [file, template] of made.templates)
          assert.deepEqual([...violations(template), ...brokenReferences(template)], [], file);
      }));

    test('honmaru assess shows every safeguard on, or one that CloudFormation cannot declare', () =>
      synthesized(build, (made) => {
        const { safeguards } = made.assess('account');
        assert.equal(safeguards.length, CATALOGUE.length);
        const unexplained = safeguards.flatMap(({ id, attachments }) =>
          attachments
            .filter((each) => !isExplained(id, each))
            .map((each) => `${id} at ${each.resource}: ${each.state}: ${each.because.en}`),
        );
        assert.deepEqual(unexplained, []);
        const on = safeguards.filter(({ attachments }) => attachments.some(({ state }) => state === 'on'));
        assert.ok(on.length >= 26, `${on.length} safeguards are on somewhere`);
      }));

    test('no risk is high for certain', () =>
      synthesized(build, (made) => {
        const { risks } = made.assess('account');
        assert.deepEqual(
          risks.filter(({ current }) => current.low >= 6).map(({ rule }) => rule),
          [],
        );
        // The application's own database user is made by its first migration, which no template shows.
        const perhaps = risks.filter(({ current }) => current.high >= 6).map(({ rule }) => rule);
        assert.ok(
          perhaps.every((rule) => rule === 'inject-db'),
          perhaps.join(', '),
        );
      }));

    test('nobody knows a password, and nobody signs in over SSH', () =>
      synthesized(build, (made) => {
        const text = JSON.stringify([...made.templates.values()]);
        assert.doesNotMatch(text, /"MasterUserPassword"|"KeyName"|"FromPort":22\b|PASSWORD=/);
        const [[, database] = []] = ofType(made, 'AWS::RDS::DBInstance');
        assert.equal(database?.Properties?.ManageMasterUserPassword, true);
        assert.equal(database?.Properties?.EnableIAMDatabaseAuthentication, true);
      }));

    test('severe patches are approved within a month', () =>
      synthesized(build, (made) => {
        const [[, baseline] = []] = ofType(made, 'AWS::SSM::PatchBaseline');
        const rules = baseline?.Properties?.ApprovalRules as { PatchRules: { ApproveAfterDays: number }[] };
        assert.ok(rules.PatchRules.every(({ ApproveAfterDays }) => ApproveAfterDays + 7 <= 30));
      }));
  });
}

test('CloudFront without a domain or a certificate of us-east-1 is refused', () => {
  const build = (props: WebAppProps, region: string) => (app: App) => referenceApp(app, props, region);
  const nothing = () => undefined;
  assert.throws(
    () => synthesized(build({ front: 'cloudfront' }, 'eu-west-1'), nothing),
    /edgeCertificateArn, a certificate that stands in us-east-1/,
  );
});
