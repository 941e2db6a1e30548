/** AWS's message about an action that has not the form `vendor:name`, or undefined. */
export function actionFormatFlaw(text: string): string | undefined {
  if (text === '*') return undefined;
  const [vendor, name, ...more] = text.split(':');
  if (name === undefined) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (more.length > 0) return 'Actions/Condition can contain only one colon.';
  return /^[A-Za-z0-9.*?-]+$/.test(vendor ?? '') ? undefined : `Vendor ${vendor} is not valid`;
}
