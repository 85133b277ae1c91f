interface OtherCheck {
  readonly scanner: Scanner;
  readonly id: string;
  /** Its title, shortened. */
  readonly says: string;
}

type Scanner = "Checkov" | "Trivy" | "cfn_nag" | "cdk-nag";

/** Checks of other scanners that look at the same lines as rules of ours. */
interface Meeting {
  /** `against`: they ask for what Amazon SES has no use for; `along`: for the same, from another side. */
  readonly goes: "against" | "along";
  /** A clause. */
  readonly why: string;
  readonly checks: readonly OtherCheck[];
  /** Ids of our rules, on whose pages it stands. */
  readonly rules: readonly string[];
}

/** The line that makes a check silent. */
export function suppression({ scanner, id }: OtherCheck, reason: string): string {
  switch (scanner) {
    case "Checkov":
      return `#checkov:skip=${id}:${reason}`;
    case "Trivy":
      return `#trivy:ignore:${id}`;
    case "cfn_nag":
      return `Metadata: { cfn_nag: { rules_to_suppress: [{ id: ${id}, reason: ${reason} }] } }`;
    case "cdk-nag":
      return `NagSuppressions.addResourceSuppressions(construct, [{ id: "${id}", reason: "${reason}" }]);`;
  }
}

const sender = ["smtp-user-cannot-send", "smtp-user-excess-permissions", "smtp-resource-scope-gap"];

/** As of 2026-11-25, from the sources of Checkov, trivy-checks, cfn_nag and cdk-nag. */
export const meetings: readonly Meeting[] = [
  {
    goes: "against",
    why: "SMTP credentials exist for IAM users only",
    checks: [
      {
        scanner: "Checkov",
        id: "CKV_AWS_273",
        says: "Ensure access is controlled through SSO and not AWS IAM defined users",
      },
    ],
    rules: [...sender, "smtp-user-not-dedicated", "smtp-user-console-login"],
  },
  {
    goes: "against",
    why: "sending by SMTP needs ses:SendRawEmail on every resource",
    checks: [
      {
        scanner: "Checkov",
        id: "CKV_AWS_290",
        says: "Ensure IAM policies does not allow write access without constraints",
      },
      {
        scanner: "Checkov",
        id: "CKV_AWS_355",
        says: 'Ensure no IAM policies documents allow "*" as a statement\'s resource for restrictable actions',
      },
      { scanner: "Trivy", id: "AWS-0057", says: "IAM policy should avoid use of wildcards" },
      { scanner: "cfn_nag", id: "W12", says: "IAM policy should not allow * resource" },
      { scanner: "cfn_nag", id: "W13", says: "IAM managed policy should not allow * resource" },
      { scanner: "cdk-nag", id: "AwsSolutions-IAM5", says: "The IAM entity contains wildcard permissions" },
    ],
    rules: sender,
  },
  {
    goes: "along",
    why: "they ask for the policy on a group, which is where Amazon SES itself puts it",
    checks: [
      { scanner: "Checkov", id: "CKV_AWS_40", says: "Ensure IAM policies are attached only to groups or roles" },
      { scanner: "Trivy", id: "AWS-0143", says: "IAM policies should not be granted directly to users" },
      { scanner: "cfn_nag", id: "F10", says: "IAM user should not have any inline policies" },
      { scanner: "cfn_nag", id: "F11", says: "IAM policy should not apply directly to users" },
      { scanner: "cfn_nag", id: "F12", says: "IAM managed policy should not apply directly to users" },
      { scanner: "cfn_nag", id: "F2000", says: "User is not assigned to a group" },
      {
        scanner: "cdk-nag",
        id: "HIPAA.Security-IAMUserNoPolicies",
        says: "The IAM policy is attached at the user level",
      },
    ],
    rules: ["smtp-policy-on-user"],
  },
  {
    goes: "along",
    why: "they look at the policy alone, and not at who sends mail with it",
    checks: [
      {
        scanner: "Checkov",
        id: "CKV_AWS_62",
        says: 'Ensure IAM policies that allow full "*-*" administrative privileges are not created',
      },
      {
        scanner: "Checkov",
        id: "CKV_AWS_63",
        says: 'Ensure no IAM policies documents allow "*" as a statement\'s actions',
      },
      { scanner: "cfn_nag", id: "F4", says: "IAM policy should not allow * action" },
      { scanner: "cfn_nag", id: "F5", says: "IAM managed policy should not allow * action" },
      { scanner: "cfn_nag", id: "W16", says: "IAM policy should not allow Allow+NotAction" },
      { scanner: "cdk-nag", id: "AwsSolutions-IAM4", says: "The IAM user, role, or group uses AWS managed policies" },
    ],
    rules: ["sender-admin-permissions", "smtp-user-excess-permissions"],
  },
  {
    goes: "against",
    why: "people who make their SMTP credentials in the console need these permissions",
    checks: [
      {
        scanner: "Checkov",
        id: "CKV_AWS_289",
        says: "Ensure IAM policies does not allow permissions management / resource exposure without constraints",
      },
      { scanner: "Checkov", id: "CKV_AWS_286", says: "Ensure IAM policies does not allow privilege escalation" },
    ],
    rules: ["console-user-list-users", "console-self-provision-incomplete", "console-self-provision-unscoped"],
  },
  {
    goes: "against",
    why: "an SMTP user has no login profile",
    checks: [
      {
        scanner: "cfn_nag",
        id: "W50",
        says: "IAM User Login Profile should exist and have PasswordResetRequired property set to true",
      },
    ],
    rules: ["smtp-user-console-login"],
  },
  {
    goes: "along",
    why: "it looks at the same literal",
    checks: [{ scanner: "cfn_nag", id: "F51", says: "IAM User LoginProfile Password must not be a plaintext string" }],
    rules: ["hardcoded-console-password"],
  },
  {
    goes: "along",
    why: "they look at the same key; whether the unit manages a user of that name, they do not ask",
    checks: [
      { scanner: "Checkov", id: "CKV_AWS_348", says: "Ensure IAM root user does not have Access keys" },
      { scanner: "Trivy", id: "AWS-0141", says: "The root user has no access keys" },
    ],
    rules: ["root-access-key"],
  },
  {
    goes: "along",
    why: "they look for the shape of a key, and not at what it is for",
    checks: [
      {
        scanner: "Checkov",
        id: "CKV_AWS_41",
        says: "Ensure no hard coded AWS access key and secret key exists in provider",
      },
      { scanner: "Checkov", id: "CKV_AWS_45", says: "Ensure no hard-coded secrets exist in lambda environment" },
      { scanner: "Checkov", id: "CKV_AWS_46", says: "Ensure no hard-coded secrets exist in EC2 user data" },
      { scanner: "Checkov", id: "CKV_SECRET_2", says: "AWS Access Key" },
      {
        scanner: "Trivy",
        id: "AWS-0029",
        says: "User data for EC2 instances must not contain sensitive AWS keys",
      },
    ],
    rules: ["hardcoded-aws-credentials"],
  },
  {
    goes: "along",
    why: "they look at names and literals, and not at where a value comes from",
    checks: [
      { scanner: "Trivy", id: "AWS-0036", says: "Task definition defines sensitive environment variable(s)" },
      {
        scanner: "Checkov",
        id: "CKV_AWS_384",
        says: "Ensure no hard-coded secrets exist in Parameter Store values",
      },
    ],
    rules: ["credential-in-plaintext", "hardcoded-smtp-password"],
  },
  {
    goes: "against",
    why: "an SMTP password changes with its access key only",
    checks: [
      {
        scanner: "cdk-nag",
        id: "AwsSolutions-SMG4",
        says: "The secret does not have automatic rotation scheduled",
      },
    ],
    rules: ["smtp-password-is-secret-key", "credential-in-output", "credential-in-plaintext"],
  },
];
