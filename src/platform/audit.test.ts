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
