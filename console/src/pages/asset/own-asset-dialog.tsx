import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { Body, Text } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LevelChoice } from '../../parts/level-choice.tsx';
import { ASSET } from '../../texts/lists.ts';
import { ASSET_KINDS } from '../../texts/words.ts';

type OwnAsset = Body<'POST /api/assets'>;

const KINDS = ['pc', 'mobile', 'paper', 'media', 'office', 'partner', 'service', 'other'] as const;
const WORDS: readonly {
  readonly field: 'holds' | 'location' | 'manager' | 'owner' | 'reachedBy';
  readonly label: Text;
}[] = [
  { field: 'holds', label: ASSET.holds },
  { field: 'location', label: ASSET.location },
  { field: 'manager', label: ASSET.manager },
  { field: 'owner', label: ASSET.owner },
  { field: 'reachedBy', label: ASSET.reachedBy },
];
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Enters an asset that no template shows: a PC, paper, a partner company. */
export function OwnAssetDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [asset, setAsset] = useState<OwnAsset>({ key: '', name: '', kind: 'pc' });
  const change = (part: Partial<OwnAsset>) => setAsset({ ...asset, ...part });
  const kinds = KINDS.map((value) => ({ value, label: t(ASSET_KINDS[value] ?? ASSET.kind) }));
  return (
    <FormDialog
      title={t(ASSET.addTitle)}
      action={t(ASSET.add)}
      ready={KEY.test(asset.key) && asset.name.trim() !== ''}
      send={() => call('POST /api/assets', { body: stated(asset) })}
      onClose={onClose}
    >
      <FormField label={t(ASSET.name)}>
        <Input value={asset.name} onChange={({ detail }) => change({ name: detail.value })} />
      </FormField>
      <FormField label={t(ASSET.key)} description={t(ASSET.keyHint)}>
        <Input value={asset.key} onChange={({ detail }) => change({ key: detail.value })} />
      </FormField>
      <FormField label={t(ASSET.kind)}>
        <Select
          options={kinds}
          selectedOption={kinds.find(({ value }) => value === asset.kind) ?? null}
          onChange={({ detail }) => {
            const kind = KINDS.find((each) => each === detail.selectedOption.value);
            if (kind) change({ kind });
          }}
        />
      </FormField>
      <div className="thirds">
        <LevelChoice
          label={t(ASSET.confidentiality)}
          value={asset.confidentiality}
          onChange={(confidentiality) => change({ confidentiality })}
        />
        <LevelChoice
          label={t(ASSET.integrity)}
          value={asset.integrity}
          onChange={(integrity) => change({ integrity })}
        />
        <LevelChoice
          label={t(ASSET.availability)}
          value={asset.availability}
          onChange={(availability) => change({ availability })}
        />
      </div>
      {WORDS.map(({ field, label }) => (
        <FormField key={field} label={t(label)}>
          <Input value={asset[field] ?? ''} onChange={({ detail }) => change({ [field]: detail.value })} />
        </FormField>
      ))}
    </FormDialog>
  );
}

/** What was left empty is not sent. */
function stated(asset: OwnAsset): OwnAsset {
  const empty = WORDS.filter(({ field }) => !asset[field]?.trim()).map(({ field }) => [field, undefined]);
  return { ...asset, ...Object.fromEntries(empty) };
}
