import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  type AwsSdkCall,
  PhysicalResourceId,
} from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { NO_PUBLIC_ACCESS } from '../log-bucket.ts';
import { partitionArn } from '../support.ts';

interface SettingProps {
  readonly service: string;
  readonly put: string;
  readonly parameters: object;
  /** What the calls need in IAM. */
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  /** The call that undoes it when the setting is taken out; without it the setting stays. */
  readonly undo?: { readonly action: string; readonly parameters: object };
  readonly ignoreErrorCodesMatching?: string;
}

/**
 * A setting of the account that CloudFormation cannot declare, made by one call of the AWS SDK when the stack is
 * deployed. `honmaru assess` cannot see it in a template and says so; `honmaru collect` sees it in the account.
 */
export class AccountSetting extends Construct {
  constructor(scope: Construct, id: string, props: SettingProps) {
    super(scope, id);
    const physicalResourceId = PhysicalResourceId.of(id);
    const onUpdate: AwsSdkCall = {
      service: props.service,
      action: props.put,
      parameters: props.parameters,
      physicalResourceId,
      outputPaths: [],
      ...(props.ignoreErrorCodesMatching ? { ignoreErrorCodesMatching: props.ignoreErrorCodesMatching } : {}),
    };
    new AwsCustomResource(this, 'Call', {
      onUpdate,
      ...(props.undo ? { onDelete: { service: props.service, ...props.undo } } : {}),
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: [...props.actions], resources: [...(props.resources ?? ['*'])] }),
      ]),
    });
  }
}

/**
 * Blocks public access to every bucket of the account, also of those made later.
 *
 * - Stops: publishing by mistake. - Costs: nothing. - Limits: a bucket that must be public needs CloudFront first.
 */
export class AccountPublicAccessBlock extends AccountSetting {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      service: 'S3Control',
      put: 'putPublicAccessBlock',
      parameters: {
        AccountId: Stack.of(scope).account,
        PublicAccessBlockConfiguration: Object.fromEntries(
          Object.entries(NO_PUBLIC_ACCESS).map(([name, value]) => [
            name.charAt(0).toUpperCase() + name.slice(1),
            value,
          ]),
        ),
      },
      actions: ['s3:PutAccountPublicAccessBlock'],
    });
  }
}

/** Encrypts every new EBS volume of the region. Costs nothing; volumes that exist stay as they are. */
export class EbsEncryptionByDefault extends AccountSetting {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      service: 'EC2',
      put: 'enableEbsEncryptionByDefault',
      parameters: {},
      actions: ['ec2:EnableEbsEncryptionByDefault'],
    });
  }
}

/** Requires a session token for the metadata of every new server of the region, unless its template says otherwise. */
export class MetadataTokenByDefault extends AccountSetting {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      service: 'EC2',
      put: 'modifyInstanceMetadataDefaults',
      parameters: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
      actions: ['ec2:ModifyInstanceMetadataDefaults'],
    });
  }
}

/** A password policy for people in IAM: fourteen characters of four kinds, none of the last 24 again. */
export class PasswordPolicy extends AccountSetting {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      service: 'IAM',
      put: 'updateAccountPasswordPolicy',
      parameters: {
        MinimumPasswordLength: 14,
        RequireLowercaseCharacters: true,
        RequireUppercaseCharacters: true,
        RequireNumbers: true,
        RequireSymbols: true,
        PasswordReusePrevention: 24,
        AllowUsersToChangePassword: true,
      },
      actions: ['iam:UpdateAccountPasswordPolicy'],
    });
  }
}

/**
 * Activates Inspector, which looks for known vulnerabilities in servers, images and functions, all the time.
 *
 * - Stops: nothing by itself; `WeeklyPatches` installs what it asks for.
 * - Attaches to: the region. - Costs: $1.26 per server, $0.09 per image, $0.30 per function and month.
 * - Limits: servers need Systems Manager (`PatchManagerSafeguard`). Stays on when the stack is deleted.
 */
export class VulnerabilityScans extends AccountSetting {
  constructor(scope: Construct, id: string, props: { readonly scans: readonly string[] }) {
    super(scope, id, {
      service: 'Inspector2',
      put: 'enable',
      parameters: { resourceTypes: [...props.scans] },
      actions: ['inspector2:Enable', 'iam:CreateServiceLinkedRole'],
    });
  }
}

/**
 * A weekly job of Macie on chosen buckets. Costs $1 per GB that is new. Other buckets make a new job: cancel the old one
 * by hand (`aws macie2 update-classification-job --job-status CANCELLED`).
 */
export class MacieJob extends AccountSetting {
  constructor(scope: Construct, id: string, props: { readonly buckets: readonly string[] }) {
    const { account, region, stackName } = Stack.of(scope);
    super(scope, id, {
      service: 'Macie2',
      put: 'createClassificationJob',
      parameters: {
        clientToken: `${stackName}-weekly-${props.buckets.join('-')}`,
        name: `${stackName}-weekly`,
        jobType: 'SCHEDULED',
        scheduleFrequency: { weeklySchedule: { dayOfWeek: 'MONDAY' } },
        s3JobDefinition: { bucketDefinitions: [{ accountId: account, buckets: [...props.buckets] }] },
      },
      actions: ['macie2:CreateClassificationJob'],
      resources: [partitionArn(scope, `macie2:${region}:${account}:*`)],
    });
  }
}
