import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Body, Factor } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LevelChoice } from '../../parts/level-choice.tsx';
import { ASSET, OWN_RISK } from '../../texts/lists.ts';
import { RISK } from '../../texts/risk.ts';
import { FACTORS } from '../../texts/words.ts';

type OwnRisk = Body<'POST /api/risks'>;

const FACTOR_NAMES: readonly Factor[] = ['vulnerability', 'credential-leak', 'overload', 'human-error'];
const STATEMENT = ['cause', 'event', 'effect'] as const;
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Enters a risk that no template shows. */
export function OwnRiskDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [risk, setRisk] = useState<OwnRisk>({
    key: '',
    title: '',
    factor: 'human-error',
    cause: '',
    event: '',
    effect: '',
    assets: [],
  });
  const [assets, setAssets] = useState('');
  const change = (part: Partial<OwnRisk>) => setRisk({ ...risk, ...part });
  const names = assets.split('\n').flatMap((line) => line.trim() || []);
  const factors = FACTOR_NAMES.map((value) => ({ value, label: t(FACTORS[value]) }));
  const filled = [risk.title, ...STATEMENT.map((field) => risk[field])].every((value) => value.trim() !== '');
  return (
    <FormDialog
      title={t(OWN_RISK.title)}
      action={t(RISK.addRisk)}
      ready={KEY.test(risk.key) && filled && names.length > 0}
      send={() => call('POST /api/risks', { body: { ...risk, assets: names } })}
      onClose={onClose}
    >
      <FormField label={t(OWN_RISK.name)}>
        <Input value={risk.title} onChange={({ detail }) => change({ title: detail.value })} />
      </FormField>
      <FormField label={t(ASSET.key)} description={t(ASSET.keyHint)}>
        <Input value={risk.key} onChange={({ detail }) => change({ key: detail.value })} />
      </FormField>
      <FormField label={t(OWN_RISK.factor)}>
        <Select
          options={factors}
          selectedOption={factors.find(({ value }) => value === risk.factor) ?? null}
          onChange={({ detail }) => {
            const factor = FACTOR_NAMES.find((each) => each === detail.selectedOption.value);
            if (factor) change({ factor });
          }}
        />
      </FormField>
      {STATEMENT.map((field) => (
        <FormField key={field} label={t(OWN_RISK[field])}>
          <Textarea
            value={risk[field]}
            rows={2}
            onChange={({ detail }) => change({ [field]: detail.value })}
          />
        </FormField>
      ))}
      <FormField label={t(OWN_RISK.assets)} description={t(OWN_RISK.assetsHint)}>
        <Textarea value={assets} rows={2} onChange={({ detail }) => setAssets(detail.value)} />
      </FormField>
      <LevelChoice label={t(OWN_RISK.threat)} value={risk.threat} onChange={(threat) => change({ threat })} />
    </FormDialog>
  );
}
