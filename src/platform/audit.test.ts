import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { awsError } from '../wire/aws-error.ts';
import { type AuditedCall, auditEvent, auditRecord } from './audit.ts';
import { rootCaller } from './sign-in.ts';

const CALL: AuditedCall = {
  caller: rootCaller('000011112222'),
  account: '000011112222',
  region: 'us-east-1',
  requestId: 'a-request',
  now: new Date('2026-01-31T09:00:00.750Z'),
  request: { sourceIp: '127.0.0.1', userAgent: 'aws-cli', secureTransport: true, host: 'localhost' },
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  readOnly: true,
  requestParameters: null,
};

describe('an audit record', () => {
  test('has the members of CloudTrail’s', () => {
    const { id, time, detail, ...envelope } = auditEvent({
      ...CALL,
      requestParameters: { name: 'a' },
      responseElements: { done: true },
    });
    assert.deepEqual(envelope, {
      version: '0',
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.sts',
      account: '000011112222',
      region: 'us-east-1',
      resources: [],
    });
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.equal(time, '2026-01-31T09:00:00Z');
    assert.deepEqual(detail, {
      eventVersion: '1.11',
      userIdentity: {
        type: 'Root',
        principalId: '000011112222',
        arn: 'arn:aws:iam::000011112222:root',
        accountId: '000011112222',
        accessKeyId: '',
      },
      eventTime: '2026-01-31T09:00:00Z',
      eventSource: 'sts.amazonaws.com',
      eventName: 'GetCallerIdentity',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: 'aws-cli',
      requestParameters: { name: 'a' },
      responseElements: { done: true },
      requestID: 'a-request',
      eventID: id,
      readOnly: true,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '000011112222',
      eventCategory: 'Management',
      tlsDetails: { clientProvidedHostHeader: 'localhost' },
    });
  });

  test('has an id that no other has, in the order of their making', () => {
    const ids = Array.from({ length: 5_000 }, () => auditRecord(CALL).id);
    assert.equal(new Set(ids).size, ids.length);
    const parts = ids.map((id) => id.slice(15, 18) + id.slice(20, 23));
    const turns = parts.filter((part, at) => at > 0 && part < (parts[at - 1] ?? '')).length;
    assert.ok(turns <= 1, 'the counter begins anew at most once');
  });

  test('speaks of the call that it is made for, whatever the caller did before', () => {
    const other = { ...CALL, region: 'eu-west-1', account: '000099998888', eventSource: 'kms.amazonaws.com' };
    for (const call of [CALL, other, { ...other, eventName: 'Encrypt' }, CALL]) {
      const { source, account, region, detail } = auditEvent(call);
      assert.deepEqual(
        [source, account, region, detail.eventName, detail.eventSource, detail.recipientAccountId],
        [
          `aws.${call.eventSource.slice(0, 3)}`,
          call.account,
          call.region,
          call.eventName,
          call.eventSource,
          call.account,
        ],
      );
    }
  });

  test('keeps whatever a client sends, in one line', () => {
    // Control characters, quotes and halves of surrogate pairs among them.
    const text = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, text, text, (userAgent, host, message) => {
        const call = {
          ...CALL,
          request: { ...CALL.request, userAgent, host },
          error: awsError('AccessDenied', message),
        };
        assert.ok(!auditRecord(call).envelope.includes('\n'));
        const { detail } = auditEvent(call);
        assert.equal(detail.userAgent, userAgent);
        assert.deepEqual(detail.tlsDetails, { clientProvidedHostHeader: host });
        assert.deepEqual([detail.errorCode, detail.errorMessage], ['AccessDenied', message]);
        assert.equal(detail.responseElements, null);
      }),
      { numRuns: 40 },
    );
  });
});
