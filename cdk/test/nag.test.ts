import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Safeguards } from '../src/index.ts';
import { accountStack, referenceApp } from './apps/reference.ts';

/** Each finding that stays, with the reason. */
const REASONS: readonly { readonly rule: RegExp; readonly at: RegExp; readonly reason: string }[] = [
  {
    rule: /^AwsSolutions-EC23$/,
    at: /^WebApp\/App\/Groups\/Front$/,
    reason: 'A public web site admits everybody to ports 80 and 443 of its load balancer.',
  },
  {
    rule: /^AwsSolutions-RDS11$/,
    at: /^WebApp\/App\/Data\/Database$/,
    reason: 'Another port hides nothing from somebody inside; the security group admits the servers only.',
  },
  {
    rule: /^AwsSolutions-AS3$/,
    at: /^WebApp\/App\/Servers\/Group$/,
    reason:
      'Servers come and go by design; their number has an upper bound and the load balancer watches them.',
  },
  {
    rule: /^AwsSolutions-S1$/,
    at: /^Account\/.*\/Bucket$/,
    reason: 'The trail records calls of these buckets; access logs of evidence would need evidence again.',
  },
  {
    rule: /^AwsSolutions-IAM4\[.*(AmazonSSMManagedInstanceCore|AWS_ConfigRole|AWSLambdaBasicExecutionRole)\]$/,
    at: /Role(\/Resource)?$/,
    reason: "The service's own policy, which AWS extends when the service needs more.",
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<.*>\/(.*\/)?\*\]$/,
    at: /Role$/,
    reason: 'Objects of one bucket, below one prefix where the service has one; their names are not known.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /\/Call\/CustomResourcePolicy\/Resource$|^Account\/SecurityHub\/Role$/,
    reason: 'Settings of the account and deliveries of logs have no resource that a policy could name.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:iam::\*:role\/aws-service-role\/securityhub/,
    at: /^Account\/SecurityHub\/Role$/,
    reason: 'The service-linked role of Security Hub, which exists only after it was enabled.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:macie2/,
    at: /^Account\/MacieJob\/Call/,
    reason: 'Jobs of Macie in this account and region; their ids are not known before.',
  },
];

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

function findings(): readonly { readonly rule: string; readonly at: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-nag-'));
  const { exitCode } = process;
  try {
    const app = new App({ outdir: folder, analyticsReporting: false });
    const stack = referenceApp(app, { networkFirewall: true });
    accountStack(app, { securityHub: 'economical', macieBuckets: ['uploads'] });
    Safeguards.attachTo(stack, { patchOperatingSystem: 'AMAZON_LINUX_2023' });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    assert.throws(() => app.synth(), /Validation failed/);
    const report: {
      readonly pluginReports: readonly {
        readonly pluginName: string;
        readonly violations: readonly Violation[];
      }[];
    } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    const nag = report.pluginReports.find(({ pluginName }) => pluginName === 'AwsSolutions');
    assert.ok(nag, 'cdk-nag did not run');
    return nag.violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath = '?' }) => ({ rule: ruleName, at: constructPath })),
    );
  } finally {
    process.exitCode = exitCode;
    rmSync(folder, { recursive: true, force: true });
  }
}

test("cdk-nag's AwsSolutions pack finds nothing without a written reason, and no reason is left over", () => {
  const found = findings();
  const reasonFor = ({ rule, at }: { readonly rule: string; readonly at: string }) =>
    REASONS.find((each) => each.rule.test(rule) && each.at.test(at));
  assert.deepEqual(
    found.filter((each) => !reasonFor(each)),
    [],
  );
  const used = new Set(found.map(reasonFor));
  assert.deepEqual(
    REASONS.filter((each) => !used.has(each)).map(({ reason }) => reason),
    [],
  );
});
