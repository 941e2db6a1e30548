import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { AssetClass, RiskDetail } from '../../../../src/api/contract.ts';
import { call } from '../../api/call.ts';
import { showInterval } from '../../language/format.ts';
import { useText } from '../../language/language.tsx';
import { CLASS, DECIDE } from '../../texts/risk.ts';
import { SigningDialog } from './signing-dialog.tsx';

interface ClassDialogProps {
  readonly risk: RiskDetail;
  readonly onClose: () => void;
}

/** Records that the class of an asset changed; lowering one is a decision of the owner. */
export function ClassDialog({ risk, onClose }: ClassDialogProps) {
  const t = useText();
  const changed = changedClasses(risk);
  const [asset, setAsset] = useState(changed[0]?.asset ?? '');
  const [reason, setReason] = useState('');
  const parts = { id: risk.id };
  const body = { asset, reason: reason.trim(), shown: risk.shown.hash };
  return (
    <SigningDialog
      title={t(CLASS.title)}
      testId="class-dialog"
      about={body.reason === '' || asset === '' ? undefined : JSON.stringify(body)}
      prepare={() => call('POST /api/risks/:id/class/start', { parts, body })}
      send={(proof) => call('POST /api/risks/:id/class', { parts, body: proof })}
      onClose={onClose}
    >
      <FormField label={t(CLASS.asset)}>
        <RadioGroup
          value={asset}
          items={changed.map((each) => ({
            value: each.asset,
            label: each.name,
            description: t(
              CLASS.change(
                each.recorded ? showInterval(each.recorded) : t(CLASS.unrecorded),
                showInterval(each.current),
              ),
            ),
          }))}
          onChange={({ detail }) => setAsset(detail.value)}
        />
      </FormField>
      <FormField stretch label={t(DECIDE.reason)} description={t(CLASS.reasonHint)}>
        <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </SigningDialog>
  );
}

/** The assets whose class is another one than what was recorded. */
export function changedClasses({ classes }: Pick<RiskDetail, 'classes'>): readonly AssetClass[] {
  return classes.filter(
    ({ recorded, current }) => recorded?.low !== current.low || recorded.high !== current.high,
  );
}
