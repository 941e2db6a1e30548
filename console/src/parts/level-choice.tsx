import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useText } from '../language/language.tsx';
import { ASSET } from '../texts/lists.ts';

interface LevelChoiceProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A level from 1 to 3, or nothing said. */
export function LevelChoice({ label, value, onChange }: LevelChoiceProps) {
  const t = useText();
  const options = [
    { value: '', label: t(ASSET.notStated) },
    ...['1', '2', '3'].map((level) => ({ value: level, label: level })),
  ];
  return (
    <FormField label={label}>
      <Select
        options={options}
        selectedOption={options.find((option) => option.value === String(value ?? '')) ?? null}
        onChange={({ detail }) => {
          const chosen = detail.selectedOption.value;
          onChange(chosen ? Number(chosen) : undefined);
        }}
      />
    </FormField>
  );
}
