/** Templates that say ordinary things in formats that people really use. */

const JAPANESE_YAML = `# アップロード用のテンプレート
AWSTemplateFormatVersion: "2010-09-09"
Description: >
  写真を預かるアプリケーション。
  二行の説明。


Resources:


  # 利用者の写真 (消さないこと)
  Photos:          # バケット
    Type:   AWS::S3::Bucket
    Properties:
      # 名前は決めない
      Tags: [ { Key: team, Value: "写真" } ]   # 一行のリスト

  Database:
    Type: 'AWS::RDS::DBInstance'
    DeletionPolicy: Delete   # 開発用
    Properties: { Engine: postgres, DBInstanceClass: db.t3.micro, AllocatedStorage: "20",
      StorageEncrypted: false, # まだ暗号化していない
      MasterUsername: app, MasterUserPassword: "{{resolve:ssm:/app/password}}" }

Outputs:
  Bucket:
    Value: !Ref Photos   # 最後の行に改行なし`;

const FLUSH_CRLF = [
  'Resources:',
  '    Group:',
  '        Type: AWS::EC2::SecurityGroup',
  '        Properties:',
  '            GroupDescription: |',
  '                servers',
  '            SecurityGroupIngress:',
  '            # the office',
  '            - IpProtocol: tcp',
  '              FromPort: 443',
  '              ToPort: 443',
  '              CidrIp: 0.0.0.0/0',
  '            - IpProtocol: tcp   # ssh for everybody',
  '              FromPort: 22',
  '              ToPort: 22',
  '              CidrIp: 0.0.0.0/0',
  '    Bucket:',
  '        Type: AWS::S3::Bucket',
  '    Server:',
  '        Type: AWS::EC2::Instance',
  '        Properties:',
  '            ImageId: ami-1',
  '            MetadataOptions: {HttpTokens: optional}',
  '            SecurityGroupIds:',
  '            - Fn::GetAtt: [Group, GroupId]',
  '',
].join('\r\n');

const ANCHORS = `Parameters:
  Stage: { Type: String, Default: test }
Mappings: {}
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties: &common
      PublicAccessBlockConfiguration: &closed {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      Tags:
        - &owner {Key: owner, Value: team-a}
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      <<: *common   # the same as for the logs
      PublicAccessBlockConfiguration: *closed
  Plain:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [*owner]
`;

const TABBED_JSON = `{
\t"Resources": {
\t\t"Uploads": {
\t\t\t"Type": "AWS::S3::Bucket"
\t\t},
\t\t"Store": {
\t\t\t"Type": "AWS::DynamoDB::Table",
\t\t\t"Properties": {
\t\t\t\t"KeySchema": [ {"AttributeName":"id","KeyType":"HASH"} ],
\t\t\t\t"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
\t\t\t\t"BillingMode": "PAY_PER_REQUEST"
\t\t\t}
\t\t}
\t}
}
`;

const ONE_LINE_JSON =
  '{"Resources":{"Uploads":{"Type":"AWS::S3::Bucket","Properties":{}},"Key":{"Type":"AWS::KMS::Key","Properties":{"KeyPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":{"Fn::Sub":"arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},"Action":"kms:*","Resource":"*"}]}}}}}';

export const ODD_TEMPLATES: readonly {
  readonly what: string;
  readonly name: string;
  readonly text: string;
}[] = [
  {
    what: 'Japanese comments, wide gaps and a flow map over lines',
    name: 'photos.yaml',
    text: JAPANESE_YAML,
  },
  { what: 'Windows line ends, four spaces and flush lists', name: 'office.yml', text: FLUSH_CRLF },
  { what: 'anchors, aliases and merge keys', name: 'anchors.yaml', text: ANCHORS },
  { what: 'JSON with tabs', name: 'tabs.json', text: TABBED_JSON },
  { what: 'JSON on one line', name: 'line.template', text: ONE_LINE_JSON },
];
