import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import { ACCOUNT_ID, REGION_ID } from '../model/resource.ts';
import { SAFEGUARDS } from './registry.generated.ts';
import { runSafeguards } from './run.ts';

function example(name: string): string {
  return readFileSync(new URL(`../../examples/${name}/template.yaml`, import.meta.url), 'utf8');
}

/** `safeguard place state` of every attachment that fits. */
function statesOf(graph: ResourceGraph, wanted: (state: string, resource: string) => boolean): string[] {
  return runSafeguards(graph, SAFEGUARDS)
    .flatMap((report) =>
      report.attachments
        .filter((each) => wanted(each.state, each.resource))
        .map((each) => `${report.id} ${graph.get(each.resource)?.name} ${each.state}`),
    )
    .sort();
}

const ofTheAccount = (resource: string) => resource === ACCOUNT_ID || resource === REGION_ID;

describe('the bare example', () => {
  test('leaves the services of the account unknown while it is one application of an account', () => {
    const graph = graphOf(example('webapp'), { scope: 'application' });
    assert.deepEqual(
      statesOf(graph, (state, resource) => ofTheAccount(resource) && state !== 'unknown'),
      [],
    );
  });

  test('has them off when it is the whole account, except for what CloudFormation cannot say', () => {
    const graph = graphOf(example('webapp'), { scope: 'account' });
    assert.deepEqual(
      statesOf(graph, (state, resource) => ofTheAccount(resource) && state !== 'off'),
      [
        'access-advisor account unknown',
        'code-review account unknown',
        'dependabot account unknown',
        'inspector region unknown',
        'mfa account unknown',
        's3-block-public-access account unknown',
        'vulnerability-intelligence account unknown',
      ],
    );
  });

  test('has none of what stands on the path from the internet to the data', () => {
    const graph = graphOf(example('webapp'), { scope: 'account' });
    const states = statesOf(graph, () => true);
    for (const expected of [
      'waf LoadBalancer off',
      'tls HttpListener off',
      'acm HttpListener off',
      'patch-manager WebServer off',
      'network-least-privilege WebServer off',
      'network-least-privilege Database off',
      'encryption-at-rest Database off',
      'kms Database off',
      'secrets-manager Database off',
      'iam-least-privilege WebRole off',
      'guardduty region off',
      'cloudtrail account off',
    ]) {
      assert.ok(states.includes(expected), expected);
    }
  });
});

describe('the hardened example', () => {
  const graph = graphOf(example('webapp-hardened'), { scope: 'account' });

  test('has every safeguard on that CloudFormation can declare, but Shield Advanced, which is accepted', () => {
    assert.deepEqual(
      statesOf(graph, (state) => state === 'off' || state === 'partial'),
      ['shield LoadBalancer off', 'shield NatAddressA off', 'shield NatAddressC off'],
    );
  });

  test('names what CloudFormation cannot declare', () => {
    assert.deepEqual(
      [...new Set(statesOf(graph, (state) => state === 'unknown').map((each) => each.split(' ')[0]))],
      [
        'code-review',
        'dependabot',
        'inspector',
        'macie',
        'mfa',
        's3-block-public-access',
        'vulnerability-intelligence',
      ],
    );
    for (const { id, attachments } of runSafeguards(graph, SAFEGUARDS)) {
      for (const { state, because } of attachments) {
        if (state === 'unknown') assert.match(because.en, /(aws|gh) [a-z0-9]+|honmaru\.yaml/, id);
      }
    }
  });
});
