import type { Policy, PolicyVersion } from '@aws-sdk/client-iam';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { policies } from './collections.ts';
import { demandDocument, encoded } from './documents.ts';
import { exists, limitExceeded, NO_SUCH, stillUsed } from './errors.ts';
import { demandRoom, erase, named, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { demandOwnPolicy, demandPolicy, type ManagedPolicy } from './managed-policies.ts';
import { arnOf } from './names.ts';
import { pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { PolicyRecord } from './records.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';

/** A policy as lists show it: without description and tags. */
export function shownPolicy(managed: ManagedPolicy): Policy {
  if (managed.owner === 'account') return shownOwn(managed.policy.value);
  const { policy, use } = managed;
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    AttachmentCount: use.value.attachments,
    PermissionsBoundaryUsageCount: use.value.boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.createdAt),
  };
}

function shownOwn(policy: PolicyRecord): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arnOf('policy', policy),
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: policy.attachments,
    PermissionsBoundaryUsageCount: policy.boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  };
}

function shownWhole(managed: ManagedPolicy): Policy {
  const facts = managed.owner === 'aws' ? managed.policy : managed.policy.value;
  const tags = managed.owner === 'aws' ? [] : managed.policy.value.tags;
  const description = facts.description === undefined ? {} : { Description: facts.description };
  return { ...shownPolicy(managed), ...description, ...shownTags(tags) };
}

/** The versions of a policy, newest last, with their documents. */
export function versionsOf(
  managed: ManagedPolicy,
): readonly (PolicyVersion & { readonly VersionId: string })[] {
  if (managed.owner === 'aws') {
    const { document, createdAt } = managed.policy;
    const CreateDate = new Date(createdAt);
    return [{ VersionId: 'v1', IsDefaultVersion: true, CreateDate, Document: encoded(document) }];
  }
  const { versions, defaultVersion } = managed.policy.value;
  return versions.map(({ id, document, createdAt }) => ({
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: new Date(createdAt),
    Document: encoded(document),
  }));
}

export const policyOperations = {
  async CreatePolicy(input, context) {
    const { store, account, ports, now } = context;
    demandDocument(input.PolicyDocument, 'managed');
    const tags = newTags(input.Tags);
    if (await named(store, policies, account, input.PolicyName)) {
      throw exists(`A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`);
    }
    await demandRoom(context, policies, 'PoliciesPerAccount');
    const policy: PolicyRecord = {
      account,
      id: ports.credentials.mintUniqueId('ANPA'),
      name: input.PolicyName,
      path: input.Path ?? '/',
      createdAt: now.getTime(),
      updatedAt: now.getTime(),
      tags,
      versions: [{ id: 'v1', document: input.PolicyDocument, createdAt: now.getTime() }],
      defaultVersion: 'v1',
      lastVersion: 1,
      attachments: 0,
      boundaries: 0,
      ...(input.Description === undefined ? {} : { description: input.Description }),
    };
    const shown = { ...shownOwn(policy), ...shownTags(tags) };
    return change({ Policy: shown }, [put(policies, policy.id, policy, 'absent')]);
  },

  async GetPolicy(input, { store, account }) {
    return { Policy: shownWhole(await demandPolicy(store, account, input.PolicyArn)) };
  },

  async DeletePolicy(input, { store, account }) {
    const policy = await demandOwnPolicy(store, account, input.PolicyArn);
    const { attachments, boundaries, versions } = policy.value;
    if (attachments + boundaries > 0) throw stillUsed('Cannot delete a policy attached to entities.');
    if (versions.length > 1) {
      throw stillUsed(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    return change({}, [erase(policies, policy)]);
  },

  async CreatePolicyVersion(input, { store, account, now }) {
    const policy = await demandOwnPolicy(store, account, input.PolicyArn);
    demandDocument(input.PolicyDocument, 'managed');
    const { versions, lastVersion, defaultVersion } = policy.value;
    if (versions.length >= QUOTAS.VersionsPerPolicy) {
      throw limitExceeded(
        `A managed policy can have up to ${QUOTAS.VersionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const id = `v${lastVersion + 1}`;
    const isDefault = input.SetAsDefault === true;
    const PolicyVersion = { VersionId: id, IsDefaultVersion: isDefault, CreateDate: now };
    return change({ PolicyVersion }, [
      save(policies, policy, {
        versions: [...versions, { id, document: input.PolicyDocument, createdAt: now.getTime() }],
        lastVersion: lastVersion + 1,
        defaultVersion: isDefault ? id : defaultVersion,
        updatedAt: now.getTime(),
      }),
    ]);
  },

  async GetPolicyVersion(input, { store, account }) {
    const policy = await demandPolicy(store, account, input.PolicyArn);
    const version = versionsOf(policy).find(({ VersionId }) => VersionId === input.VersionId);
    if (version === undefined) throw NO_SUCH.version(input.PolicyArn, input.VersionId);
    return { PolicyVersion: version };
  },

  async ListPolicyVersions(input, { store, account }) {
    const policy = await demandPolicy(store, account, input.PolicyArn);
    const newestFirst = versionsOf(policy)
      .toReversed()
      .map(({ Document, ...version }, index) => ({ version, order: String(index).padStart(4, '0') }));
    const page = pageOf(newestFirst, ({ order }) => order, input);
    return { Versions: page.items.map(({ version }) => version), ...paging(page) };
  },

  async SetDefaultPolicyVersion(input, { store, account, now }) {
    const policy = await demandOwnPolicy(store, account, input.PolicyArn);
    if (!policy.value.versions.some(({ id }) => id === input.VersionId)) {
      throw NO_SUCH.version(input.PolicyArn, input.VersionId);
    }
    return change({}, [
      save(policies, policy, { defaultVersion: input.VersionId, updatedAt: now.getTime() }),
    ]);
  },

  async DeletePolicyVersion(input, { store, account, now }) {
    const policy = await demandOwnPolicy(store, account, input.PolicyArn);
    const { versions, defaultVersion } = policy.value;
    const rest = versions.filter(({ id }) => id !== input.VersionId);
    if (rest.length === versions.length) throw NO_SUCH.version(input.PolicyArn, input.VersionId);
    if (input.VersionId === defaultVersion) throw stillUsed('Cannot delete the default version of a policy.');
    return change({}, [save(policies, policy, { versions: rest, updatedAt: now.getTime() })]);
  },

  async TagPolicy(input, { store, account }) {
    return tag(policies, await demandOwnPolicy(store, account, input.PolicyArn), input.Tags);
  },

  async UntagPolicy(input, { store, account }) {
    return untag(policies, await demandOwnPolicy(store, account, input.PolicyArn), input.TagKeys);
  },

  async ListPolicyTags(input, { store, account }) {
    const managed = await demandPolicy(store, account, input.PolicyArn);
    return tagPage(managed.owner === 'aws' ? { value: { tags: [] } } : managed.policy, input);
  },
} satisfies Handlers;
