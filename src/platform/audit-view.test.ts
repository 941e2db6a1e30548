import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as Iam from '@aws-sdk/client-iam';
import { serviceModel } from '../wire/schema/service-model.ts';
import { auditView } from './audit-view.ts';

const { operations } = serviceModel(Iam);
const inputOf = (name: string) => operations.get(name)?.input ?? assert.fail(name);
const outputOf = (name: string) => operations.get(name)?.output ?? assert.fail(name);

test('an audit record shows no password, secret or seed', () => {
  const shown = JSON.stringify([
    auditView(inputOf('ChangePassword'), { OldPassword: 'canary-1', NewPassword: 'canary-2' }),
    auditView(inputOf('CreateLoginProfile'), { UserName: 'alice', Password: 'canary-3' }),
    auditView(outputOf('CreateAccessKey'), {
      AccessKey: { AccessKeyId: 'HMKA', SecretAccessKey: 'canary-4' },
    }),
    auditView(outputOf('CreateVirtualMFADevice'), {
      VirtualMFADevice: {
        SerialNumber: 's',
        Base32StringSeed: Buffer.from('canary-5'),
        QRCodePNG: Buffer.from('canary-6'),
      },
    }),
    auditView(inputOf('UploadServerCertificate'), { ServerCertificateName: 'c', PrivateKey: 'canary-7' }),
    auditView(inputOf('CreateUser'), { UserName: 'canary-8' }, ['UserName']),
  ]);
  assert.ok(!shown.includes('canary'), shown);
  assert.match(shown, /"userName":"alice"/);
  assert.match(shown, /HIDDEN_DUE_TO_SECURITY_REASONS/);
});

test('an audit record is bounded', () => {
  const view = auditView(inputOf('CreatePolicy'), { PolicyName: 'p', PolicyDocument: 'x'.repeat(200_000) });
  assert.ok(JSON.stringify(view).length < 12_000);
});
