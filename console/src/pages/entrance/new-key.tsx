import type { Answer } from '../../../../src/api/contract.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ENTRANCE } from '../../texts/account.ts';
import { Gate } from './gate.tsx';

export type Created = Answer<'POST /api/set-up'>;

/** Shows the access key of the first administrator, this once. */
export function NewKey({ created, onDone }: { readonly created: Created; readonly onDone: () => void }) {
  const t = useText();
  const rows = [
    { label: ENTRANCE.accountId, value: created.account },
    { label: ENTRANCE.accessKeyId, value: created.accessKeyId },
    { label: ENTRANCE.secretKey, value: created.secretAccessKey },
  ];
  return (
    <Gate
      title={t(ENTRANCE.keyTitle)}
      lead={t(ENTRANCE.keyLead)}
      action={t(ENTRANCE.goOn)}
      send={async () => onDone()}
    >
      <dl className="facts one">
        {rows.map(({ label, value }) => (
          <div key={label.en}>
            <dt>{t(label)}</dt>
            <dd>
              <code className="hash">{value}</code> <CopyButton text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Gate>
  );
}
