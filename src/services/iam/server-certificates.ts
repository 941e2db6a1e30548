import type { ServerCertificateMetadata } from '@aws-sdk/client-iam';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { demandChain, demandKeyOf, readCertificate } from './certificates.ts';
import { serverCertificates } from './collections.ts';
import { exists } from './errors.ts';
import { demandRoom, erase, named, save, serverCertificateNamed } from './find.ts';
import type { Handlers } from './handlers.ts';
import { arnOf } from './names.ts';
import { pageOfNamed, paging } from './paging.ts';
import type { ServerCertificateRecord } from './records.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';

function metadata(certificate: ServerCertificateRecord): ServerCertificateMetadata {
  return {
    Path: certificate.path,
    ServerCertificateName: certificate.name,
    ServerCertificateId: certificate.id,
    Arn: arnOf('server-certificate', certificate),
    UploadDate: new Date(certificate.createdAt),
    Expiration: new Date(certificate.expiresAt),
  };
}

export const serverCertificateOperations = {
  async UploadServerCertificate(input, context) {
    const { store, account, now, ports } = context;
    const name = input.ServerCertificateName;
    const tags = newTags(input.Tags);
    const certificate = readCertificate(input.CertificateBody);
    demandKeyOf(certificate, input.PrivateKey);
    if (input.CertificateChain !== undefined) demandChain(input.CertificateChain);
    if (await named(store, serverCertificates, account, name)) {
      throw exists(`The Server Certificate with name ${name} already exists.`);
    }
    await demandRoom(context, serverCertificates, 'ServerCertificatesPerAccount');
    const id = ports.credentials.mintUniqueId('ASCA');
    const record: ServerCertificateRecord = {
      account,
      id,
      name,
      path: input.Path ?? '/',
      createdAt: now.getTime(),
      tags,
      body: input.CertificateBody.trim(),
      key: await ports.seal.seal(input.PrivateKey, `iam/server-certificate/${id}`),
      expiresAt: Date.parse(certificate.validTo),
      ...(input.CertificateChain === undefined ? {} : { chain: input.CertificateChain.trim() }),
    };
    return change({ ServerCertificateMetadata: metadata(record), ...shownTags(tags) }, [
      put(serverCertificates, id, record, 'absent'),
    ]);
  },

  async GetServerCertificate(input, context) {
    const { value } = await serverCertificateNamed(context, input.ServerCertificateName);
    const ServerCertificate = {
      ServerCertificateMetadata: metadata(value),
      CertificateBody: value.body,
      ...(value.chain === undefined ? {} : { CertificateChain: value.chain }),
      ...shownTags(value.tags),
    };
    return { ServerCertificate };
  },

  async ListServerCertificates(input, { store, account }) {
    const page = await pageOfNamed(store, serverCertificates, account, input);
    const shown = page.items.map(({ value }) => metadata(value));
    return { ServerCertificateMetadataList: shown, ...paging(page) };
  },

  async UpdateServerCertificate(input, context) {
    const certificate = await serverCertificateNamed(context, input.ServerCertificateName);
    const name = input.NewServerCertificateName ?? certificate.value.name;
    const other = await named(context.store, serverCertificates, context.account, name);
    if (other !== undefined && other.key !== certificate.key) {
      throw exists(`The Server Certificate with name ${name} already exists.`);
    }
    const path = input.NewPath ?? certificate.value.path;
    return change({}, [save(serverCertificates, certificate, { name, path })]);
  },

  async DeleteServerCertificate(input, context) {
    const certificate = await serverCertificateNamed(context, input.ServerCertificateName);
    return change({}, [erase(serverCertificates, certificate)]);
  },

  async TagServerCertificate(input, context) {
    const certificate = await serverCertificateNamed(context, input.ServerCertificateName);
    return tag(serverCertificates, certificate, input.Tags);
  },

  async UntagServerCertificate(input, context) {
    const certificate = await serverCertificateNamed(context, input.ServerCertificateName);
    return untag(serverCertificates, certificate, input.TagKeys);
  },

  async ListServerCertificateTags(input, context) {
    return tagPage(await serverCertificateNamed(context, input.ServerCertificateName), input);
  },
} satisfies Handlers;
