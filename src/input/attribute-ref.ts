import type { Ref } from "../core/value";

/**
 * An attribute of a resource. Of an ARN that is known only once it is applied the service is known, so that what a
 * policy allows on it can happen. Of types that are not here nobody says it.
 */
export function attributeRef(type: string, address: string, attribute: string): Ref {
  const isArn = /arn$/i.test(attribute) || (attribute === "Ref" && referredByArn.has(type));
  const service = isArn && Object.hasOwn(services, type) ? services[type] : undefined;
  return { address, attribute, ...(service !== undefined && { service }) };
}

/** Types of which `Ref` gives the ARN (AWS CloudFormation User Guide, "Return values"). */
const referredByArn: ReadonlySet<string> = new Set(["AWS::SNS::Topic", "AWS::StepFunctions::StateMachine"]);

const services: Readonly<Record<string, string | undefined>> = {
  "AWS::DynamoDB::Table": "dynamodb",
  "AWS::ECR::Repository": "ecr",
  "AWS::EFS::FileSystem": "elasticfilesystem",
  "AWS::Events::EventBus": "events",
  "AWS::KMS::Key": "kms",
  "AWS::Kinesis::Stream": "kinesis",
  "AWS::KinesisFirehose::DeliveryStream": "firehose",
  "AWS::Lambda::Function": "lambda",
  "AWS::Logs::LogGroup": "logs",
  "AWS::S3::Bucket": "s3",
  "AWS::SNS::Topic": "sns",
  "AWS::SQS::Queue": "sqs",
  "AWS::SecretsManager::Secret": "secretsmanager",
  "AWS::Serverless::Function": "lambda",
  "AWS::StepFunctions::StateMachine": "states",
  aws_cloudwatch_event_bus: "events",
  aws_cloudwatch_log_group: "logs",
  aws_dynamodb_table: "dynamodb",
  aws_ecr_repository: "ecr",
  aws_efs_file_system: "elasticfilesystem",
  aws_kinesis_firehose_delivery_stream: "firehose",
  aws_kinesis_stream: "kinesis",
  aws_kms_key: "kms",
  aws_lambda_function: "lambda",
  aws_s3_bucket: "s3",
  aws_secretsmanager_secret: "secretsmanager",
  aws_sfn_state_machine: "states",
  aws_sns_topic: "sns",
  aws_sqs_queue: "sqs",
  aws_ssm_parameter: "ssm",
};
