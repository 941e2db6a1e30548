import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleAssessment } from './testing.ts';
import { unlookedTypes } from './unlooked.ts';

test('resources that nothing looks at are counted by type', () => {
  const sample = sampleAssessment();
  const coverage = { ...sample.coverage, analysed: ['cfn:webapp/Database', 'cfn:webapp/UploadBucket'] };
  assert.deepEqual(unlookedTypes({ ...sample, coverage }), [
    { type: 'AWS::EC2::Instance', count: 1 },
    { type: 'AWS::ElasticLoadBalancingV2::Listener', count: 1 },
    { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', count: 1 },
  ]);
});

test('when everything was looked at there are none', () => {
  assert.deepEqual(unlookedTypes(sampleAssessment()), []);
});
