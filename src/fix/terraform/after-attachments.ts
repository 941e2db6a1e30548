/** The lines of a block with its address. */
interface Added {
  readonly address: string;
  readonly lines: readonly string[];
}

/** AWS tries the role of a trail or flow log when it is told of it: the role's permissions must be there first. */
export function afterAttachments(blocks: readonly Added[]): readonly Added[] {
  const attachments = blocks.filter(({ address }) => address.startsWith('aws_iam_role_policy_attachment.'));
  return blocks.map((block) => {
    if (!/^aws_(?:cloudtrail|flow_log)\./.test(block.address)) return block;
    const role = /aws_iam_role\.[\w-]+/.exec(block.lines.join('\n'))?.[0];
    const needed = attachments.filter(({ lines }) => role && lines.some((line) => line.includes(`${role}.`)));
    if (needed.length === 0) return block;
    const names = needed.map(({ address }) => address).join(', ');
    return { ...block, lines: [...block.lines.slice(0, -1), `  depends_on = [${names}]`, '}'] };
  });
}
