import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import { text } from '../kernel/texts.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import type { MapBox } from './box.ts';
import { boxesOf, checkGeometry } from './geometry.ts';
import { layoutMap } from './layout.ts';
import { placeEnvironment } from './placement.ts';

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

const ref = (name: string) => ({ Ref: name });
const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });

/** Two zones, in each a public and a private subnet; a load balancer, a server, a database, a bucket. */
const WEBAPP: Resources = {
  Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Attachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: ref('Net'), InternetGatewayId: ref('Gateway') },
  },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Net') } },
  Out: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: ref('Table'),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: ref('Gateway'),
    },
  },
  // The names say the opposite of what the routes do.
  PrivateA: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Net'), CidrBlock: '10.0.0.0/24', AvailabilityZone: zone(0) },
  },
  PrivateB: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Net'), CidrBlock: '10.0.1.0/24', AvailabilityZone: zone(1) },
  },
  PublicA: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Net'), CidrBlock: '10.0.2.0/24', AvailabilityZone: zone(0) },
  },
  PublicB: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Net'), CidrBlock: '10.0.3.0/24', AvailabilityZone: zone(1) },
  },
  UseA: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('PrivateA'), RouteTableId: ref('Table') },
  },
  UseB: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('PrivateB'), RouteTableId: ref('Table') },
  },
  Front: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Subnets: [ref('PrivateA'), ref('PrivateB')] },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: ref('Front'), Port: 80, Protocol: 'HTTP' },
  },
  Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: ref('PrivateA') } },
  Group: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: { SubnetIds: [ref('PublicA'), ref('PublicB')] },
  },
  Data: { Type: 'AWS::RDS::DBInstance', Properties: { DBSubnetGroupName: ref('Group') } },
  Rules: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Net') } },
  Files: { Type: 'AWS::S3::Bucket' },
  Role: { Type: 'AWS::IAM::Role' },
  Trail: { Type: 'AWS::CloudTrail::Trail' },
  Edge: { Type: 'AWS::CloudFront::Distribution' },
  Hook: { Type: 'Custom::Hook' },
};

function graph(resources: Resources): ResourceGraph {
  return graphOf({ Resources: resources });
}

function report(id: string, places: Record<string, 'on' | 'off' | 'unknown'>): SafeguardReport {
  return {
    id,
    name: text(id, `${id}対策`),
    factor: 'vulnerability',
    effect: 'hinder',
    price: 'free',
    attachments: Object.entries(places).map(([resource, state]) => ({
      resource,
      state,
      basis: 'template',
      asOf: '2026-01-01T00:00:00Z',
      because: text('because', '理由'),
    })),
  };
}

function boxOf(boxes: readonly MapBox[], key: string): MapBox {
  const found = [...boxesOf(boxes)].find((box) => box.key === key);
  assert.ok(found, key);
  return found;
}

describe('placement', () => {
  const placement = placeEnvironment(graph(WEBAPP));
  const [vpc] = placement.vpcs;
  assert.ok(vpc);
  const named = (name: string) => vpc.subnets.find(({ subnet }) => subnet.name === name);

  test('a subnet is public by its route, whatever it is called', () => {
    assert.equal(named('PrivateA')?.tier, 'public');
    assert.equal(named('PublicA')?.tier, 'private');
  });

  test('zones come from the position in the list of zones', () => {
    assert.deepEqual(vpc.zones, ['#0', '#1']);
    assert.equal(named('PrivateA')?.zone, 0);
    assert.equal(named('PublicB')?.zone, 1);
  });

  test('what names one subnet stands in it', () => {
    assert.deepEqual(
      named('PrivateA')?.residents.map(({ name }) => name),
      ['Server'],
    );
  });

  test('what names several is a band over its zones, and a ghost in each subnet', () => {
    assert.deepEqual(
      vpc.bands.map(({ resource, tier, zones }) => [resource.name, tier, zones.join()]),
      [
        ['Front', 'public', '0,1'],
        ['Data', 'private', '0,1'],
      ],
    );
    assert.deepEqual(
      named('PublicB')?.ghosts.map(({ name }) => name),
      ['Data'],
    );
  });

  test('services stand beside the network, identities and watchers with the account', () => {
    assert.deepEqual(
      placement.regional.map(({ name }) => name),
      ['Files'],
    );
    assert.deepEqual(
      placement.account.map(({ name }) => name),
      ['Role', 'Trail'],
    );
    assert.deepEqual(
      placement.edge.map(({ name }) => name),
      ['Edge'],
    );
  });

  test('parts and what only the deployment needs are listed with the reason', () => {
    const reasons = new Map(placement.offMap.map(({ resource, reason }) => [resource, reason.en]));
    assert.equal(reasons.get('cfn:test/Listener'), 'a part of another resource');
    assert.equal(reasons.get('cfn:test/Hook'), 'made for the deployment only');
  });

  test('an instance that names no subnet stands in a VPC that is not declared', () => {
    const { vpcs } = placeEnvironment(graph({ Alone: { Type: 'AWS::EC2::Instance' } }));
    assert.equal(vpcs.length, 1);
    assert.equal(vpcs[0]?.vpc, undefined);
    assert.deepEqual(
      vpcs[0]?.loose.map(({ name }) => name),
      ['Alone'],
    );
  });
});

describe('layout', () => {
  const webapp = graph(WEBAPP);
  const safeguards = [
    report('waf', { 'cfn:test/Front': 'off' }),
    report('tls', { 'cfn:test/Listener': 'off' }),
    report('encryption-at-rest', { 'cfn:test/Data': 'off', 'cfn:test/Files': 'on' }),
    report('guardduty', { 'region:this': 'unknown' }),
    report('cloudtrail', { 'account:this': 'on' }),
  ];
  const layout = layoutMap(webapp, safeguards, 'en');
  const safeguardsAt = (key: string) =>
    boxOf(layout.boxes, key).badges.map(({ badge }) => `${badge.safeguard} ${badge.state}`);

  test('safeguards of requests stand in the gate before the entrance, a listener’s too', () => {
    assert.deepEqual(safeguardsAt('gate:cfn:test/Front'), ['tls off', 'waf off']);
    assert.deepEqual(safeguardsAt('cfn:test/Front'), []);
  });

  test('safeguards of data stand on the resource, those of the account on the account', () => {
    assert.deepEqual(safeguardsAt('cfn:test/Data'), ['encryption-at-rest off']);
    assert.deepEqual(safeguardsAt('region:this'), ['guardduty unknown']);
    assert.deepEqual(safeguardsAt('account:this'), ['cloudtrail on']);
  });

  test('the internet is at the top, the private tier below the public one', () => {
    const top = (key: string) => boxOf(layout.boxes, key).y;
    assert.ok(top('internet') < top('cfn:test/Front'));
    assert.ok(top('cfn:test/Front') < top('cfn:test/PrivateA'));
    assert.ok(top('cfn:test/PrivateA') < top('cfn:test/PublicA'));
  });

  test('a band reaches over its zones', () => {
    const band = boxOf(layout.boxes, 'cfn:test/Front');
    const left = boxOf(layout.boxes, 'cfn:test/PrivateA');
    const right = boxOf(layout.boxes, 'cfn:test/PrivateB');
    assert.equal(band.x, left.x);
    assert.equal(band.x + band.width, right.x + right.width);
  });

  for (const language of ['en', 'ja'] as const) {
    test(`nothing overlaps or leaves its box in ${language}`, () => {
      assert.deepEqual(checkGeometry(layoutMap(webapp, safeguards, language), webapp), []);
    });
  }

  test('many resources of one type become one box with their number and their states counted', () => {
    const buckets = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`Bucket${index}`, { Type: 'AWS::S3::Bucket' }]),
    );
    const large = graph(buckets);
    const states = Object.fromEntries(
      large.resources.slice(0, 500).map(({ id }, index) => [id, index < 100 ? 'on' : 'off'] as const),
    );
    const map = layoutMap(large, [report('encryption-at-rest', states)], 'en');
    assert.deepEqual(checkGeometry(map, large), []);
    const heap = boxOf(map.boxes, 'heap:regional:AWS::S3::Bucket');
    assert.equal(heap.resources.length, 500);
    assert.equal(heap.badges[0]?.badge.on, 100);
    assert.equal(heap.badges[0]?.badge.state, 'partial');
    assert.ok(map.width < 1200 && map.height < 1200);
  });

  test('an empty environment is still a picture', () => {
    const empty = graph({ Only: { Type: 'Custom::Thing' } });
    assert.deepEqual(checkGeometry(layoutMap(empty, [], 'ja'), empty), []);
  });
});

describe('the geometry check', () => {
  const webapp = graph({ Files: { Type: 'AWS::S3::Bucket' }, More: { Type: 'AWS::SNS::Topic' } });
  const layout = layoutMap(webapp, [], 'en');

  function withBoxes(change: (box: MapBox) => MapBox) {
    const walk = (box: MapBox): MapBox => change({ ...box, children: box.children.map(walk) });
    return { ...layout, boxes: layout.boxes.map(walk) };
  }

  test('sees siblings that overlap', () => {
    const moved = withBoxes((box) => (box.key === 'cfn:test/More' ? { ...box, x: box.x - 30 } : box));
    assert.ok(checkGeometry(moved, webapp).some(({ problem }) => /overlap/.test(problem)));
  });

  test('sees a text that leaves its box', () => {
    const long = withBoxes((box) =>
      box.key === 'cfn:test/Files'
        ? { ...box, labels: box.labels.map((label) => ({ ...label, width: 900 })) }
        : box,
    );
    assert.ok(checkGeometry(long, webapp).some(({ problem }) => /leaves its box/.test(problem)));
  });

  test('sees a resource that is missing or placed twice', () => {
    const missing = withBoxes((box) => (box.key === 'cfn:test/Files' ? { ...box, resources: [] } : box));
    assert.deepEqual(checkGeometry(missing, webapp), [
      { box: 'cfn:test/Files', problem: 'is placed 0 times' },
    ]);
  });
});

/** Random environments: networks of any shape with anything in them, names long and strange. */
const environments = fc
  .record({
    vpcs: fc.integer({ min: 0, max: 3 }),
    subnets: fc.array(fc.record({ vpc: fc.nat(2), zone: fc.nat(3), open: fc.boolean() }), { maxLength: 14 }),
    things: fc.array(
      fc.record({
        type: fc.constantFrom(
          'AWS::EC2::Instance',
          'AWS::RDS::DBInstance',
          'AWS::ElasticLoadBalancingV2::LoadBalancer',
          'AWS::AutoScaling::AutoScalingGroup',
          'AWS::EC2::SecurityGroup',
          'AWS::EC2::NatGateway',
          'AWS::Lambda::Function',
          'AWS::S3::Bucket',
          'AWS::IAM::Role',
          'AWS::CloudFront::Distribution',
          'AWS::Made::Up',
          'Custom::Thing',
        ),
        name: fc.stringMatching(/^[A-Za-z0-9]{1,40}$/),
        subnets: fc.array(fc.nat(13), { maxLength: 4 }),
      }),
      { maxLength: 30 },
    ),
  })
  .map(({ vpcs, subnets, things }) => {
    const resources: Resources = {};
    for (let index = 0; index < vpcs; index += 1) resources[`V${index}`] = { Type: 'AWS::EC2::VPC' };
    for (const [index, { vpc, zone: at }] of subnets.entries()) {
      resources[`S${index}`] = {
        Type: 'AWS::EC2::Subnet',
        Properties: { ...(vpc < vpcs ? { VpcId: ref(`V${vpc}`) } : {}), AvailabilityZone: zone(at) },
      };
    }
    for (const [index, thing] of things.entries()) {
      const chosen = [...new Set(thing.subnets)].filter((each) => each < subnets.length);
      const list = chosen.map((each) => ref(`S${each}`));
      const key = thing.type.endsWith('LoadBalancer') ? 'Subnets' : 'VPCZoneIdentifier';
      const single = thing.type.endsWith('Instance') || thing.type.endsWith('NatGateway');
      resources[`T${index}${thing.name}`] = {
        Type: thing.type,
        Properties: list.length === 0 ? {} : single ? { SubnetId: list[0] } : { [key]: list },
      };
    }
    return resources;
  });

test('in any environment nothing overlaps, no text leaves its box and everything is placed once', () => {
  fc.assert(
    fc.property(environments, fc.constantFrom('en' as const, 'ja' as const), (resources, language) => {
      if (Object.keys(resources).length === 0) return;
      const any = graph(resources);
      const places = Object.fromEntries(any.resources.map(({ id }) => [id, 'off'] as const));
      const safeguards = [report('waf', places), report('a rather long name of a safeguard', places)];
      assert.deepEqual(checkGeometry(layoutMap(any, safeguards, language), any), []);
    }),
    { numRuns: 60 },
  );
});
