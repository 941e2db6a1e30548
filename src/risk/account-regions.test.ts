import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { controlsFor } from '../controls/load.ts';
import { runControls } from '../controls/run.ts';
import { readEnvironment } from '../environment/read.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';
import { runSafeguards } from '../safeguards/run.ts';
import type { FoundResource, Gap } from '../sources/aws/api.ts';
import { COLLECTORS } from '../sources/aws/collectors.ts';

const HOME = 'eu-west-1';
const AWAY = 'us-east-1';

function parts(resources: readonly FoundResource[], gaps: readonly Gap[]) {
  return COLLECTORS.flatMap((collector) =>
    (collector.where === 'account' ? ['global'] : [HOME, AWAY]).map((region) => ({
      collector: collector.id,
      region,
      types: collector.types,
      resources: resources.filter((each) => collector.types.includes(each.type) && each.region === region),
      gaps: gaps.filter(
        (gap) => gap.region === region && gap.types.some((type) => collector.types.includes(type)),
      ),
    })),
  );
}

async function assessed(resources: readonly FoundResource[], gaps: readonly Gap[] = []) {
  const cwd = mkdtempSync(join(tmpdir(), 'honmaru-regions-'));
  const snapshot = {
    schema: 'honmaru.snapshot/1',
    collectedAt: '2026-01-31T09:00:00Z',
    account: '111122223333',
    partition: 'aws',
    regions: [HOME, AWAY],
    regionsOff: ['af-south-1'],
    complete: true,
    parts: parts(resources, gaps),
  };
  try {
    writeFileSync(join(cwd, 'live.json'), JSON.stringify(snapshot));
    const reading = await readEnvironment({
      paths: ['live.json'],
      cwd,
      parameters: new Map(),
      asOf: '2026-02-01T00:00:00Z',
    });
    const { graph } = reading;
    const findings = runControls(graph, await controlsFor(graph));
    const safeguards = runSafeguards(graph, SAFEGUARDS);
    const state = (id: string, place: string) =>
      safeguards.find((each) => each.id === id)?.attachments.find(({ resource }) => resource === place)
        ?.state;
    const facet = (id: string, place: string, part: string) =>
      safeguards
        .find((each) => each.id === id)
        ?.attachments.find(({ resource }) => resource === place)
        ?.facets?.find((each) => each.id === part)?.state;
    const status = (control: string, place: string) =>
      findings.find((each) => each.control === control && each.resource === place)?.status;
    return { ...reading, state, facet, status };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const detector: FoundResource = {
  id: 'arn:detector',
  type: 'AWS::GuardDuty::Detector',
  name: 'detector',
  region: HOME,
  properties: { Enable: true },
};

function gap(type: string, region: string): Gap {
  return {
    service: 's',
    operation: 'o',
    region,
    types: [type],
    reason: 'access-denied',
    error: 'AccessDenied',
  };
}

describe('an account that was read in several regions', () => {
  test('has a node for each region: what one has speaks for no other', async () => {
    const { graph, state, status } = await assessed([detector]);
    assert.deepEqual(
      graph.regions.map(({ id }) => id),
      [`region:${HOME}`, `region:${AWAY}`],
    );
    assert.equal(state('guardduty', `region:${HOME}`), 'on');
    assert.equal(state('guardduty', `region:${AWAY}`), 'off');
    assert.equal(status('GuardDuty.1', `region:${HOME}`), 'PASS');
    assert.equal(status('GuardDuty.1', `region:${AWAY}`), 'FAIL');
  });

  test('judges a server by the settings of its own region', async () => {
    const server = (id: string, region: string): FoundResource => ({
      id,
      type: 'AWS::EC2::Volume',
      name: id,
      region,
      properties: {},
    });
    const fact = (region: string, Enabled: boolean): FoundResource => ({
      id: `fact:${region}`,
      type: 'Account::EbsEncryptionByDefault',
      name: 'EbsEncryptionByDefault',
      region,
      properties: { Enabled },
    });
    const { state } = await assessed([
      server('a', HOME),
      server('b', AWAY),
      fact(HOME, true),
      fact(AWAY, false),
    ]);
    assert.equal(state('encryption-at-rest', 'a'), 'on');
    assert.notEqual(state('encryption-at-rest', 'b'), 'on');
  });

  test('knows a server as managed when its agent has reported', async () => {
    const id = 'i-0123456789abcdef0';
    const server: FoundResource = {
      id: 'arn:server',
      type: 'AWS::EC2::Instance',
      name: 'web',
      region: HOME,
      names: { Ref: id },
      properties: { InstanceId: id },
    };
    const agent: FoundResource = {
      id: 'arn:agent',
      type: 'Account::ManagedInstance',
      name: 'agent',
      region: HOME,
      properties: { InstanceId: id, PingStatus: 'Online' },
    };
    const managed = async (...found: readonly FoundResource[]) =>
      (await assessed(found)).facet('patch-manager', 'arn:server', 'managed');
    assert.equal(await managed(server, agent), 'on');
    assert.notEqual(await managed(server), 'on');
  });

  test('says which regions are switched off', async () => {
    const { notAnalysed } = await assessed([]);
    assert.ok(
      notAnalysed.some(({ what, reason }) => what === 'af-south-1' && /switched off/.test(reason.en)),
    );
  });

  test('leaves unknown, in the one region, what that region did not answer', async () => {
    const { state, status } = await assessed([], [gap('AWS::GuardDuty::Detector', AWAY)]);
    assert.equal(state('guardduty', `region:${HOME}`), 'off');
    assert.equal(state('guardduty', `region:${AWAY}`), 'unknown');
    assert.equal(status('GuardDuty.1', `region:${AWAY}`), 'UNKNOWN');
  });
});

describe('what hangs on something that could not be read', () => {
  const vpc: FoundResource = {
    id: 'vpc',
    type: 'AWS::EC2::VPC',
    name: 'vpc',
    region: HOME,
    properties: { CidrBlock: '10.0.0.0/16' },
  };

  test('is off where everything was read', async () => {
    assert.equal((await assessed([vpc])).state('logging', 'vpc'), 'off');
  });

  test('is unknown, never off, also for types that nothing stands in for', async () => {
    const { state } = await assessed([vpc], [gap('AWS::EC2::FlowLog', HOME)]);
    assert.equal(state('logging', 'vpc'), 'unknown');
  });

  test('is judged as before in the other region', async () => {
    const { state } = await assessed([vpc], [gap('AWS::EC2::FlowLog', AWAY)]);
    assert.equal(state('logging', 'vpc'), 'off');
  });
});
