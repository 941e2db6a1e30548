import { fileURLToPath } from 'node:url';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { type App, Stack } from 'aws-cdk-lib/core';

/** A template of CloudFormation that CDK includes as it is: examples/webapp. */
export function includedApp(app: App): Stack {
  const stack = new Stack(app, 'Included');
  const templateFile = fileURLToPath(new URL('../../../examples/webapp/template.yaml', import.meta.url));
  new CfnInclude(stack, 'Template', { templateFile });
  return stack;
}
