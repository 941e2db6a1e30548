/** The name of the data sources that the added file declares for itself. */
const OWN = 'honmaru';

const PSEUDO: ReadonlyMap<string, { readonly data: string; readonly attribute: string }> = new Map([
  ['AWS::AccountId', { data: 'aws_caller_identity', attribute: 'account_id' }],
  ['AWS::Partition', { data: 'aws_partition', attribute: 'partition' }],
  ['AWS::Region', { data: 'aws_region', attribute: 'id' }],
]);

/** What CloudFormation's pseudo parameters are called in HCL, or undefined for another name. */
export function pseudoParameter(name: string): string | undefined {
  const found = PSEUDO.get(name);
  return found && `data.${found.data}.${OWN}.${found.attribute}`;
}

/** The data blocks on which some lines of HCL rely. */
export function dataBlocksFor(
  lines: readonly string[],
): readonly { readonly address: string; readonly lines: readonly string[] }[] {
  const text = lines.join('\n');
  return [...PSEUDO.values()]
    .filter(({ data }) => text.includes(`data.${data}.${OWN}.`))
    .map(({ data }) => ({ address: `data.${data}.${OWN}`, lines: [`data "${data}" "${OWN}" {}`] }));
}
