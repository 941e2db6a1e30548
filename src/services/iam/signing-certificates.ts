import { randomBytes } from 'node:crypto';
import { awsError, change } from '../../platform/service.ts';
import { readCertificate } from './certificates.ts';
import { users } from './collections.ts';
import { NO_SUCH, overQuota } from './errors.ts';
import { type Found, save, userOrCaller } from './find.ts';
import type { Handlers } from './handlers.ts';
import { pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { SigningCertificate, UserRecord } from './records.ts';
import { base32 } from './totp.ts';

function shown(user: Found<UserRecord>, { id, body, status, uploadedAt }: SigningCertificate) {
  return {
    UserName: user.value.name,
    CertificateId: id,
    CertificateBody: body,
    Status: status,
    UploadDate: new Date(uploadedAt),
  };
}

function pick(user: Found<UserRecord>, id: string) {
  const held = user.value.signingCertificates;
  const certificate = held.find((each) => each.id === id);
  if (certificate === undefined) throw NO_SUCH.certificate(id);
  return { certificate, others: held.filter((each) => each.id !== id) };
}

export const signingCertificateOperations = {
  async UploadSigningCertificate(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const held = user.value.signingCertificates;
    const body = input.CertificateBody;
    const { fingerprint256 } = readCertificate(body);
    if (held.some((each) => readCertificate(each.body).fingerprint256 === fingerprint256)) {
      throw awsError('DuplicateCertificate', 'The certificate is already associated with the user.');
    }
    if (held.length >= QUOTAS.SigningCertificatesPerUser) {
      throw overQuota('SigningCertificatesPerUser', QUOTAS.SigningCertificatesPerUser);
    }
    const certificate: SigningCertificate = {
      id: base32(randomBytes(20)),
      body,
      status: 'Active',
      uploadedAt: context.now.getTime(),
    };
    return change({ Certificate: shown(user, certificate) }, [
      save(users, user, { signingCertificates: [...held, certificate] }),
    ]);
  },

  async ListSigningCertificates(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const page = pageOf(user.value.signingCertificates, ({ id }) => id, input);
    return { Certificates: page.items.map((each) => shown(user, each)), ...paging(page) };
  },

  async UpdateSigningCertificate(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const { certificate, others } = pick(user, input.CertificateId);
    const status = input.Status === 'Active' ? 'Active' : 'Inactive';
    const signingCertificates = [...others, { ...certificate, status } as const];
    return change({}, [save(users, user, { signingCertificates })]);
  },

  async DeleteSigningCertificate(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const { others } = pick(user, input.CertificateId);
    return change({}, [save(users, user, { signingCertificates: others })]);
  },
} satisfies Handlers;
