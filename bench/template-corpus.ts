/** Realistic CloudFormation, the same on every run: what CDK writes for services with roles, functions, queues and logs. */

/** A CDK template of about so many bytes, indented by one blank as `cdk synth` writes it. */
export function cdkTemplate(bytes: number): string {
  const each = JSON.stringify(serviceResources(0), undefined, 1).length;
  return cdkTemplateOf(Math.ceil(bytes / each));
}

/** A CDK template with so many services, of seven resources each. */
export function cdkTemplateOf(services: number): string {
  const resources: Record<string, unknown> = {};
  for (let i = 0; i < services; i++) Object.assign(resources, serviceResources(i));
  const template = {
    Resources: { ...sender, ...resources },
    Conditions: {
      CDKMetadataAvailable: { "Fn::Or": regions.map((region) => ({ "Fn::Equals": [{ Ref: "AWS::Region" }, region] })) },
    },
    Parameters: {
      BootstrapVersion: {
        Type: "AWS::SSM::Parameter::Value<String>",
        Default: "/cdk-bootstrap/hnb659fds/version",
        Description:
          "Version of the CDK Bootstrap resources in this environment, automatically retrieved from SSM Parameter Store. [cdk:skip]",
      },
    },
  };
  return JSON.stringify(template, undefined, 1);
}

const regions = ["af-south-1", "ap-east-1", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];

/** One user in it sends mail, so that there is something to find. */
const sender = {
  SmtpUser0A1B2C3D: {
    Type: "AWS::IAM::User",
    Properties: { UserName: "ses-smtp-user.20250101-120000" },
    Metadata: { "aws:cdk:path": "Services/SmtpUser/Resource" },
  },
  SmtpKey4E5F6A7B: {
    Type: "AWS::IAM::AccessKey",
    Properties: { UserName: { Ref: "SmtpUser0A1B2C3D" } },
    Metadata: { "aws:cdk:path": "Services/SmtpKey/Resource" },
  },
};

function serviceResources(index: number): Record<string, unknown> {
  const name = `${words[index % words.length] ?? "Orders"}${index}`;
  const id = (of: string) =>
    `${name}${of}${((index * 7919 + of.length * 104_729) % 0xffffff).toString(16).toUpperCase().padStart(8, "0")}`;
  const [role, handler, logs, queue, dead] = [
    id("ServiceRole"),
    id("Handler"),
    id("LogGroup"),
    id("Queue"),
    id("DeadLetters"),
  ];
  const at = (of: string) => ({ "aws:cdk:path": `Services/${name}/${of}` });
  const arn = (of: string) => ({ "Fn::GetAtt": [of, "Arn"] });
  return {
    [role]: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } }],
          Version: "2012-10-17",
        },
        ManagedPolicyArns: [
          {
            "Fn::Join": [
              "",
              ["arn:", { Ref: "AWS::Partition" }, ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
            ],
          },
        ],
      },
      Metadata: at("ServiceRole/Resource"),
    },
    [id("ServiceRoleDefaultPolicy")]: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyDocument: {
          Statement: [
            {
              Action: [
                "sqs:ReceiveMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueUrl",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
              ],
              Effect: "Allow",
              Resource: arn(queue),
            },
            { Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Effect: "Allow", Resource: "*" },
          ],
          Version: "2012-10-17",
        },
        PolicyName: id("ServiceRoleDefaultPolicy"),
        Roles: [{ Ref: role }],
      },
      Metadata: at("ServiceRole/DefaultPolicy/Resource"),
    },
    [handler]: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: {
          S3Bucket: { "Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}" },
          S3Key: `${(index * 2_654_435_761).toString(16).padStart(12, "0").repeat(6).slice(0, 64)}.zip`,
        },
        Description: `Takes what waits in the queue of ${name} and hands it on.`,
        Environment: {
          Variables: {
            AWS_NODEJS_CONNECTION_REUSE_ENABLED: "1",
            LOG_LEVEL: "info",
            QUEUE_URL: { Ref: queue },
            SERVICE_NAME: name,
            TABLE_REGION: { Ref: "AWS::Region" },
          },
        },
        Handler: "index.handler",
        LoggingConfig: { LogGroup: { Ref: logs } },
        MemorySize: 512,
        Role: arn(role),
        Runtime: "nodejs22.x",
        Timeout: 30,
        TracingConfig: { Mode: "Active" },
      },
      DependsOn: [id("ServiceRoleDefaultPolicy"), role],
      Metadata: {
        ...at("Handler/Resource"),
        "aws:asset:path": `asset.${index}`,
        "aws:asset:is-bundled": true,
        "aws:asset:property": "Code",
      },
    },
    [logs]: {
      Type: "AWS::Logs::LogGroup",
      Properties: { RetentionInDays: 731 },
      UpdateReplacePolicy: "Retain",
      DeletionPolicy: "Retain",
      Metadata: at("LogGroup/Resource"),
    },
    [dead]: {
      Type: "AWS::SQS::Queue",
      Properties: { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
      UpdateReplacePolicy: "Delete",
      DeletionPolicy: "Delete",
      Metadata: at("DeadLetters/Resource"),
    },
    [queue]: {
      Type: "AWS::SQS::Queue",
      Properties: { RedrivePolicy: { deadLetterTargetArn: arn(dead), maxReceiveCount: 5 }, VisibilityTimeout: 180 },
      UpdateReplacePolicy: "Delete",
      DeletionPolicy: "Delete",
      Metadata: at("Queue/Resource"),
    },
    [id("Alarm")]: {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        AlarmDescription: `More than a few messages of ${name} could not be handled.`,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": [dead, "QueueName"] } }],
        EvaluationPeriods: 1,
        MetricName: "ApproximateNumberOfMessagesVisible",
        Namespace: "AWS/SQS",
        Period: 300,
        Statistic: "Maximum",
        Threshold: 1,
        TreatMissingData: "notBreaching",
      },
      Metadata: at("Alarm/Resource"),
    },
  };
}

const words = ["Orders", "Invoices", "Payments", "Customers", "Shipments", "Reports", "Catalogue"];

/** A template as people write it, in YAML with short tags and comments, of about so many bytes. */
export function yamlTemplate(bytes: number): string {
  const each = yamlService(1_000).length;
  const services = Array.from({ length: Math.ceil(bytes / each) }, (_, i) => yamlService(i));
  return `${yamlHead}${services.join("")}`;
}

const yamlHead = `AWSTemplateFormatVersion: "2010-09-09"
Description: Services, and the user that sends their mail
Parameters:
  Environment:
    Type: String
    Default: production
    AllowedValues: [production, staging]
Conditions:
  IsProduction: !Equals [!Ref Environment, production]
Resources:
  SmtpUser:
    Type: AWS::IAM::User
    Properties:
      UserName: ses-smtp-user.20250101-120000
  SmtpKey:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: !Ref SmtpUser
`;

function yamlService(index: number): string {
  const name = `${words[index % words.length] ?? "Orders"}${index}`;
  return `
  # ${name}: what it runs as, and what it takes from its queue.
  ${name}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - sqs:ReceiveMessage
                  - sqs:DeleteMessage
                  - sqs:GetQueueAttributes
                Resource: !GetAtt ${name}Queue.Arn
  ${name}Handler:
    Type: AWS::Lambda::Function
    Properties:
      Description: Takes what waits in the queue of ${name} and hands it on.
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !GetAtt ${name}Role.Arn
      MemorySize: !If [IsProduction, 1024, 256]
      Timeout: 30
      Environment:
        Variables:
          LOG_LEVEL: info
          QUEUE_URL: !Ref ${name}Queue
          STAGE: !Ref Environment
      Code:
        ZipFile: |
          exports.handler = async (event) => {
            for (const record of event.Records) {
              console.log(record.messageId);
            }
          };
  ${name}Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "\${AWS::StackName}-${name.toLowerCase()}"
      VisibilityTimeout: 180
      Tags:
        - { Key: service, Value: ${name} }
        - { Key: stage, Value: !Ref Environment }
`;
}
