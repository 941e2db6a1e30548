import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { honmaru, inFolder } from './program.ts';

/** A template whose author wrote secrets wherever a template can hold them; all begin with the same word. */
const TEMPLATE = `Parameters:
  Stage: {Type: String}
  Password: {Type: String, NoEcho: true, Default: hunter2-default}
Conditions:
  Production: !Equals [!Ref Stage, production]
Resources:
  InChoice:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MasterUserPassword: !If [Production, hunter2-if, !Ref Password]}
  InSub:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MasterUserPassword: !Sub 'hunter2-sub-\${Stage}'}
  InJoin:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MasterUserPassword: !Join ['', [hunter2-join, !Ref Stage]]}
  Plain:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MasterUserPassword: hunter2-plain}
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          export DB_PASSWORD=hunter2-user-data
          echo \${Stage}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs20.x
      Environment:
        Variables:
          DB_PASSWORD: hunter2-environment
          API_KEY: !Sub 'hunter2-key-\${Stage}'
          TOKEN: !If [Production, hunter2-token, none]
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties: {SecretString: hunter2-secret}
`;

test('no secret of a template or a parameter is in any output, in any form or language', () =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'template.yaml'), TEMPLATE);
    const forms = ['text', 'json', 'html', 'markdown', 'sarif', 'csv'];
    const calls = forms.flatMap((form) =>
      ['en', 'ja'].map((language) => ['assess', '.', '--format', form, '--lang', language, '--no-store']),
    );
    calls.push(
      ['check', '.'],
      ['check', '.', '--format', 'json'],
      ['explain', 'pw-in-template', '.'],
      ['explain', 'secrets-manager', '.'],
      [
        'assess',
        '.',
        '--no-store',
        '--format',
        'json',
        '--parameter',
        'Stage=hunter2-stage',
        '--parameter',
        'Password=hunter2-given',
      ],
    );
    for (const words of calls) {
      const { code, out, err } = honmaru(words, { cwd: folder });
      assert.equal(code, 0, `${words.join(' ')}: ${err}`);
      assert.ok(out.length > 100);
      const leaked = /hunter2[\w-]*/.exec(out + err);
      assert.equal(leaked, null, `${words.join(' ')} shows ${leaked?.[0]}`);
    }
  }));
