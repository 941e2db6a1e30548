import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, Stack } from 'aws-cdk-lib/core';
import {
  AccountSafeguards,
  CATALOGUE,
  type SafeguardId,
  Safeguards,
  type SafeguardsOptions,
  SHIELD_COMMITMENT,
} from '../src/index.ts';
import { classicApp } from './apps/classic.ts';
import { ofType, synthesized } from './support/synthesized.ts';

test('the catalogue has the names of honmaru assess, all of them', () => {
  const folder = new URL('../../src/safeguards/', import.meta.url);
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => existsSync(new URL(`${name}/${name}.ts`, folder)));
  assert.deepEqual(CATALOGUE.map(({ id }) => id).sort(), folders.sort());
});

test('what is off by default says why', () => {
  for (const entry of CATALOGUE) {
    if (!entry.onByDefault) assert.ok('why' in entry && entry.why.length > 20, entry.id);
  }
});

function attachedBy(options: SafeguardsOptions): ReadonlySet<string> {
  const kept: Safeguards[] = [];
  synthesized(
    (app) => kept.push(Safeguards.attachTo(classicApp(app), options)),
    () => undefined,
  );
  return new Set(kept[0]?.outcomes.map(({ safeguard }) => safeguard));
}

test('each safeguard is turned off by its name, and only that one', () => {
  const all = attachedBy({});
  for (const off of ['waf', 'network-least-privilege'] as const) {
    const rest = attachedBy({ off: [off] });
    assert.deepEqual(
      [...all].filter((id) => !rest.has(id)),
      [off],
    );
  }
});

test('only leaves the named ones; on adds to the defaults', () => {
  assert.deepEqual([...attachedBy({ only: ['waf', 'imdsv2'] })].sort(), ['imdsv2', 'waf']);
  const added = attachedBy({ on: ['iam-least-privilege'] });
  assert.ok(added.has('iam-least-privilege') && added.has('waf'));
});

test('a name that no safeguard has is refused with the names that there are', () => {
  const stack = new Stack(new App(), 'Any');
  const misspelt = ['wafff'] as unknown as readonly SafeguardId[];
  assert.throws(
    () => Safeguards.attachTo(stack, { off: misspelt }),
    /no safeguard "wafff"; there are waf, tls/,
  );
});

test('a name of the other level is refused with where it belongs', () => {
  const app = new App();
  assert.throws(
    () => Safeguards.attachTo(new Stack(app, 'Any'), { only: ['guardduty'] }),
    /AccountSafeguards/,
  );
  const operatorEmail = 'operator@example.com';
  assert.throws(
    () => new AccountSafeguards(app, 'Account', { operatorEmail, on: ['waf'] }),
    /Safeguards\.attachTo/,
  );
});

test('safeguards are attached once', () => {
  const stack = new Stack(new App(), 'Any');
  Safeguards.attachTo(stack);
  assert.throws(() => Safeguards.attachTo(stack), /already/);
});

test('half a domain is refused', () => {
  const stack = new Stack(new App(), 'Any');
  assert.throws(() => Safeguards.attachTo(stack, { domainName: 'example.com' }), /belong together/);
});

test('Shield Advanced is added only with the words of its commitment', () => {
  const protections = (options: SafeguardsOptions) =>
    synthesized(
      (app) => {
        const stack = new Stack(app, 'Any');
        new CfnLoadBalancer(stack, 'LoadBalancer', {
          type: 'application',
          subnets: ['subnet-1', 'subnet-2'],
        });
        Safeguards.attachTo(stack, options);
      },
      (made) => ofType(made, 'AWS::Shield::Protection').length,
    );
  assert.equal(protections({}), 0);
  assert.equal(protections({ on: ['shield'] }), 0);
  assert.equal(protections({ on: ['shield'], shieldAdvanced: 'yes' }), 0);
  assert.equal(protections({ on: ['shield'], shieldAdvanced: SHIELD_COMMITMENT }), 1);
});
