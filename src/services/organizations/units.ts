import type * as Sdk from '@aws-sdk/client-organizations';
import type { StoreReader } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put, remove } from '../../store/operations.ts';
import { placeArn } from './arns.ts';
import { aboutPlace, authorised } from './authorise.ts';
import { members, units } from './collections.ts';
import { constraint, notFound } from './errors.ts';
import { everyOf, holdParent, ownOrganization, parentOf, pathUp, placeOf, unitOf } from './find.ts';
import { newId } from './ids.ts';
import { pageOf } from './paging.ts';
import type { OrganizationRecord, UnitRecord } from './records.ts';
import { requestTags, withTags } from './tag-lists.ts';

/** Levels of units below a root, and units of an organisation. Source: "Quotas for AWS Organizations". */
const DEEPEST = 5;
const MOST_UNITS = 2_000;

function shownUnit(org: OrganizationRecord, unit: UnitRecord): Sdk.OrganizationalUnit {
  return { Id: unit.id, Arn: placeArn(org, unit.id), Name: unit.name };
}

async function demandFreeName(store: StoreReader, parent: string, name: string, own = ''): Promise<void> {
  const query = { index: 'nameInParent', equals: `${parent}/${name.toLowerCase()}`, limit: 1 };
  const [taken] = (await store.list(units, query)).records;
  if (taken !== undefined && taken.key !== own) {
    throw awsError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
  }
}

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const unitOperations = {
  CreateOrganizationalUnit: {
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:ResourceTag/${TagKey}', 'aws:TagKeys'],
    authorise: authorised('CreateOrganizationalUnit', 'delegable', async (input, scene) => {
      const { resource, context } = await aboutPlace(input.ParentId, scene);
      return [{ resource, context: { ...context, ...requestTags(input.Tags) } }];
    }),
    async handle(input, context) {
      const { store } = context;
      const org = await ownOrganization(context);
      const parent = await parentOf(store, org, input.ParentId);
      if (parent === undefined) throw notFound('parent');
      const above = parent.kind === 'root' ? [] : await pathUp(store, org.value, input.ParentId);
      // The path up ends with the root, which is no level of units.
      if (above.length - 1 >= DEEPEST) {
        throw constraint(
          'OU_DEPTH_LIMIT_EXCEEDED',
          'You attempted to create an OU tree that is too many levels deep.',
        );
      }
      if ((await store.count(units, { index: 'org', equals: org.value.org })) >= MOST_UNITS) {
        throw constraint(
          'OU_NUMBER_LIMIT_EXCEEDED',
          'You attempted to exceed the number of OUs that you can have in an organization.',
        );
      }
      await demandFreeName(store, input.ParentId, input.Name);
      const unit: UnitRecord = {
        org: org.value.org,
        id: newId.unit(org.value.id),
        name: input.Name,
        parent: input.ParentId,
        tags: withTags([], input.Tags),
        attached: {},
      };
      return change({ OrganizationalUnit: shownUnit(org.value, unit) }, [
        put(units, unit.id, unit, 'absent'),
        holdParent(parent),
      ]);
    },
  },

  DescribeOrganizationalUnit: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('DescribeOrganizationalUnit', 'reader', async (input, scene) => [
      await aboutPlace(input.OrganizationalUnitId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const unit = await unitOf(context.store, org.org, input.OrganizationalUnitId);
      return { OrganizationalUnit: shownUnit(org, unit.value) };
    },
  },

  UpdateOrganizationalUnit: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('UpdateOrganizationalUnit', 'delegable', async (input, scene) => [
      await aboutPlace(input.OrganizationalUnitId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const unit = await unitOf(context.store, org.org, input.OrganizationalUnitId);
      const renamed = { ...unit.value, name: input.Name ?? unit.value.name };
      await demandFreeName(context.store, renamed.parent, renamed.name, unit.key);
      return change({ OrganizationalUnit: shownUnit(org, renamed) }, [
        put(units, unit.key, renamed, unit.version),
      ]);
    },
  },

  DeleteOrganizationalUnit: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('DeleteOrganizationalUnit', 'delegable', async (input, scene) => [
      await aboutPlace(input.OrganizationalUnitId, scene),
    ]),
    async handle(input, context) {
      const { store } = context;
      const org = (await ownOrganization(context)).value;
      const unit = await unitOf(store, org.org, input.OrganizationalUnitId);
      const inside = { index: 'parent', equals: unit.key };
      if ((await store.count(units, inside)) + (await store.count(members, inside)) > 0) {
        throw awsError(
          'OrganizationalUnitNotEmptyException',
          'The OU that you attempted to delete is not empty. To delete an OU, you must first remove all accounts and child OUs.',
        );
      }
      return change({}, [remove(units, unit.key, unit.version)]);
    },
  },

  ListOrganizationalUnitsForParent: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('ListOrganizationalUnitsForParent', 'reader', async (input, scene) => [
      await aboutPlace(input.ParentId, scene),
    ]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      if (!(await parentOf(context.store, org, input.ParentId))) throw notFound('parent');
      const all = await everyOf(context.store, units, { index: 'parent', equals: input.ParentId });
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { OrganizationalUnits: items.map(({ value }) => shownUnit(org.value, value)), ...next };
    },
  },

  ListChildren: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('ListChildren', 'reader', async (input, scene) => [
      await aboutPlace(input.ParentId, scene),
    ]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      if (!(await parentOf(context.store, org, input.ParentId))) throw notFound('parent');
      const query = { index: 'parent', equals: input.ParentId };
      const all = await everyOf<{ readonly id: string }>(
        context.store,
        input.ChildType === 'ACCOUNT' ? members : units,
        query,
      );
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Children: items.map(({ key }) => ({ Id: key, Type: input.ChildType })), ...next };
    },
  },

  ListParents: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('ListParents', 'reader', async (input, scene) => [
      await aboutPlace(input.ChildId, scene),
    ]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      const child = await placeOf(context.store, org, input.ChildId);
      if (child === undefined || child.kind === 'root') throw notFound('child');
      const { parent } = child.found.value;
      return { Parents: [{ Id: parent, Type: parent === org.value.id ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
    },
  },
} satisfies Operations<typeof Sdk>;
