import { type App, Stack } from 'aws-cdk-lib/core';
import {
  AccountSafeguards,
  type AccountSafeguardsOptions,
  WebApp,
  type WebAppProps,
} from '../../src/index.ts';

const DOMAIN = { domainName: 'www.example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ' };

/** The reference environment as its own stack. */
export function referenceApp(app: App, props: WebAppProps = {}, region = 'ap-northeast-1'): Stack {
  const stack = new Stack(app, 'WebApp', { env: { account: '111122223333', region } });
  new WebApp(stack, 'App', { domain: DOMAIN, ...props });
  return stack;
}

/** The stack of the account beside it. */
export function accountStack(app: App, options: Partial<AccountSafeguardsOptions> = {}): AccountSafeguards {
  return new AccountSafeguards(app, 'Account', {
    env: { account: '111122223333', region: 'ap-northeast-1' },
    operatorEmail: 'operator@example.com',
    operatorPhone: '+819012345678',
    ...options,
  });
}
