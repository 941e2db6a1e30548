import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { type App, Aws, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { Safeguards, type SafeguardsOptions } from '../src/index.ts';
import { classicApp } from './apps/classic.ts';
import { containersApp } from './apps/containers.ts';
import { includedApp } from './apps/included.ts';
import { serverlessApp } from './apps/serverless.ts';
import { brokenReferences } from './support/references.ts';
import { violations } from './support/schema.ts';
import {
  type Assessment,
  type Synthesized,
  synthesized,
  type TemplateResource,
} from './support/synthesized.ts';

const OPTIONS: SafeguardsOptions = {
  domainName: 'www.example.com',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  applicationFetchesSecrets: true,
};

/** Types whose replacement loses data. */
const STATEFUL =
  /^AWS::(RDS::DB(Instance|Cluster)|S3::Bucket|DynamoDB::Table|SecretsManager::Secret|Cognito::UserPool)$/;

const APPS: Readonly<Record<string, (app: App) => Stack>> = {
  classicApp,
  containersApp,
  serverlessApp: (app) => serverlessApp(app),
  includedApp,
};

/** What an app is without and with safeguards. */
function compared<T>(
  build: (app: App) => Stack,
  options: SafeguardsOptions,
  use: (before: Synthesized, after: Synthesized, safeguards: Safeguards) => T,
): T {
  return synthesized(build, (before) => {
    const attached: Safeguards[] = [];
    return synthesized(
      (app) => attached.push(Safeguards.attachTo(build(app), options)),
      (after) => use(before, after, attached[0] as Safeguards),
    );
  });
}

function resourcesIn(made: Synthesized): ReadonlyMap<string, TemplateResource> {
  return new Map([...made.templates.values()].flatMap(({ Resources }) => Object.entries(Resources)));
}

function statesOf(assessment: Assessment): ReadonlyMap<string, string> {
  return new Map(
    assessment.safeguards.flatMap(({ id, attachments }) =>
      attachments.map((each) => [`${id} at ${each.resource}`, each.state] as const),
    ),
  );
}

for (const [name, build] of Object.entries(APPS)) {
  test(`attached to the existing ${name}: allowed by the schemas, nothing lost, better protected`, () =>
    compared(build, OPTIONS, (before, after, safeguards) => {
      allowedBySchemas(after);
      nothingLost(before, after);
      betterProtected(before, after, safeguards);
    }));
}

function allowedBySchemas(after: Synthesized): void {
  for (const [file, template] of after.templates) {
    assert.deepEqual([...violations(template), ...brokenReferences(template)], [], file);
  }
}

/** Nothing that was there is gone, and no store with data is replaced. */
function nothingLost(before: Synthesized, after: Synthesized): void {
  const db = loadAwsServiceSpecSync();
  const now = resourcesIn(after);
  for (const [id, resource] of resourcesIn(before)) {
    assert.equal(now.get(id)?.Type, resource.Type, `${id} is gone`);
    if (!STATEFUL.test(resource.Type)) continue;
    const { properties } = db.lookup('resource', 'cloudFormationType', 'equals', resource.Type).only();
    for (const [property, { causesReplacement }] of Object.entries(properties)) {
      if (causesReplacement !== 'yes') continue;
      const [was, is] = [resource.Properties?.[property], now.get(id)?.Properties?.[property]];
      assert.deepEqual(is, was, `${id}.${property} replaces it`);
    }
  }
}

/** What is said to be protected is so for honmaru assess, and nothing that was on is off. */
function betterProtected(before: Synthesized, after: Synthesized, safeguards: Safeguards): void {
  const [was, is] = [statesOf(before.assess('application')), statesOf(after.assess('application'))];
  const better = [...is].filter(([place, state]) => state === 'on' && was.get(place) !== 'on');
  const worse = [...was].filter(([place, state]) => state === 'on' && is.get(place) === 'off');
  assert.deepEqual(worse, []);
  const attached = safeguards.outcomes.filter(({ state }) => state === 'attached');
  assert.ok(better.length >= Math.floor(attached.length / 2), `${better.length} of ${attached.length}`);
  assert.ok(attached.length >= 8, safeguards.report());
}

test('the classic app loses its SSH, its written password and its plain HTTP', () =>
  compared(classicApp, OPTIONS, (before, after) => {
    const text = (made: Synthesized) => JSON.stringify([...made.templates.values()]);
    assert.match(text(before), /correct-horse-battery/);
    assert.doesNotMatch(text(after), /correct-horse-battery/);
    assert.match(text(before), /"FromPort":22/);
    assert.doesNotMatch(text(after), /"FromPort":22/);
    const listeners = [...resourcesIn(after).values()].filter(({ Type }) => Type.endsWith('V2::Listener'));
    const protocols = listeners.map((each) => each.Properties?.Protocol).sort();
    assert.deepEqual(protocols, ['HTTP', 'HTTPS']);
    assert.match(JSON.stringify(listeners.find((each) => each.Properties?.Protocol === 'HTTP')), /HTTP_301/);
    const rule = [...resourcesIn(after)].find(([, { Type }]) => Type.endsWith('::ListenerRule'));
    assert.match(JSON.stringify(rule?.[1].Properties?.ListenerArn), /HttpsListener/);
    assert.equal(worst(after), worst(before) - 3);
  }));

function worst(made: Synthesized): number {
  return Math.max(...made.assess('application').risks.map(({ current }) => current.high));
}

test('tags and references of the app are kept beside those that are added', () =>
  compared(classicApp, OPTIONS, (_, after) => {
    const server = [...resourcesIn(after).values()].find(({ Type }) => Type === 'AWS::EC2::Instance');
    const tags = server?.Properties?.Tags as readonly { readonly Key: string }[] | undefined;
    assert.deepEqual(tags?.map(({ Key }) => Key).sort(), ['Application', 'Name', 'PatchedBy', 'Team']);
  }));

test('without a domain nothing pretends to be encrypted', () =>
  compared(classicApp, {}, (_, after, safeguards) => {
    const acm = safeguards.outcomes.find(({ safeguard }) => safeguard === 'acm');
    assert.equal(acm?.state, 'not-attached');
    assert.match(acm?.because ?? '', /domainName/);
    assert.equal(resourcesIn(after).size > 0, true);
  }));

test('a distribution outside us-east-1 gets the web ACL that it is given, or the reason', () => {
  const elsewhere = (app: App) => serverlessApp(app, 'eu-west-1');
  compared(elsewhere, {}, (_, after, safeguards) => {
    const edge = safeguards.outcomes.find(
      ({ safeguard, place }) => safeguard === 'waf' && place.includes('Edge'),
    );
    assert.equal(edge?.state, 'not-attached');
    assert.doesNotMatch(JSON.stringify([...after.templates.values()]), /"Scope":"CLOUDFRONT"/);
  });
  const arn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/0123';
  compared(elsewhere, { distributionWebAclArn: arn }, (_, after) => {
    const distributions = [...resourcesIn(after).values()].filter(
      ({ Type }) => Type === 'AWS::CloudFront::Distribution',
    );
    assert.ok(distributions.every((each) => JSON.stringify(each).includes(`"WebACLId":"${arn}"`)));
  });
});

test('what only the author can mend is told with its place', () =>
  compared(includedApp, OPTIONS, (_, __, safeguards) => {
    const told = safeguards.outcomes.filter(({ state }) => state === 'not-attached');
    const because = (safeguard: string, place: string) =>
      told.find((each) => each.safeguard === safeguard && each.place.endsWith(place))?.because ?? '';
    assert.match(because('secrets-manager', 'WebServer'), /DATABASE_PASSWORD in the clear/);
    assert.match(because('network-least-privilege', 'DatabaseSecurityGroup'), /10\.0\.0\.0\/16/);
    assert.match(because('encryption-at-rest', 'Database'), /replaces it and its data/);
    assert.match(because('segmentation', 'WebServer'), /public subnet/);
  }));

test('what a parameter or condition decides is left to it, and told', () => {
  const build = (app: App) => {
    const stack = new Stack(app, 'Undecided');
    const days = new CfnParameter(stack, 'Days', { type: 'Number' });
    new CfnDBInstance(stack, 'Database', {
      engine: 'mysql',
      engineVersion: '8.0.46',
      backupRetentionPeriod: days.valueAsNumber,
    });
    const large = new CfnCondition(stack, 'Large', { expression: Fn.conditionEquals(days.value, '35') });
    const attributes = Fn.conditionIf(large.logicalId, [], Aws.NO_VALUE);
    new CfnLoadBalancer(stack, 'LoadBalancer', { loadBalancerAttributes: attributes });
    return stack;
  };
  compared(build, {}, (before, after, safeguards) => {
    const told = safeguards.outcomes.filter(({ because }) => because.includes('decided at deployment'));
    assert.deepEqual(
      told.map(({ safeguard, place }) => `${safeguard} at ${place}`),
      ['logging at Undecided/LoadBalancer', 'backup at Undecided/Database'],
    );
    const kept = (made: Synthesized) => [
      resourcesIn(made).get('Database')?.Properties?.BackupRetentionPeriod,
      resourcesIn(made).get('LoadBalancer')?.Properties?.LoadBalancerAttributes,
    ];
    assert.deepEqual(kept(after), kept(before));
  });
});
