import { lintSources } from "../src/lint";
import { takeTurns, type Measured } from "./measure";

const rounds = 3;

/** A plan of 100 MB, of which one resource in fifty is a user or a key, against JSON.parse of it. */
export function benchPlans(): readonly Measured[] {
  const text = plan(36_000);
  const works = {
    "JSON.parse": (): unknown => JSON.parse(text),
    linted: () => lintSources([{ path: "plan.json", text }]),
  };
  return [
    {
      what: `Terraform, a plan of ${Math.round(text.length / 1_000_000)} MB`,
      times: takeTurns(works, { warm: 0, rounds }),
      bars: [{ slow: "linted", fast: "JSON.parse", bound: "at most", times: 4 }],
    },
  ];
}

interface Parts {
  readonly type: string;
  readonly name: string;
  readonly values: object;
  readonly unknown: object;
  readonly expressions: object;
}

/** Machines, and for each fifty of them a user with a key. */
function plan(machines: number): string {
  const parts = Array.from({ length: machines }, (_, i) => (i % 50 === 0 ? [...sender(i), machine(i)] : [machine(i)]));
  const resources = parts.flat();
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources: resources.map((one) => ({ ...head(one), values: one.values })) } },
    resource_changes: resources.map((one) => ({
      ...head(one),
      change: { actions: ["create"], before: null, after: one.values, after_unknown: one.unknown },
    })),
    configuration: {
      root_module: { resources: resources.map((one) => ({ ...head(one), expressions: one.expressions })) },
    },
  });
}

function head({ type, name }: Parts): object {
  const provider = "registry.terraform.io/hashicorp/aws";
  return { address: `${type}.${name}`, mode: "managed", type, name, provider_name: provider };
}

function sender(i: number): readonly Parts[] {
  const user = `aws_iam_user.u${i}`;
  return [
    {
      type: "aws_iam_user",
      name: `u${i}`,
      values: { name: `u${i}`, path: "/", tags: null },
      unknown: { arn: true, id: true, unique_id: true },
      expressions: { name: { constant_value: `u${i}` } },
    },
    {
      type: "aws_iam_access_key",
      name: `u${i}`,
      values: { user: `u${i}`, status: "Active", pgp_key: null },
      unknown: { id: true, secret: true, ses_smtp_password_v4: true },
      expressions: { user: { references: [`${user}.name`, user] } },
    },
  ];
}

function machine(i: number): Parts {
  const tags = { Name: `web${i}`, Team: "platform engineering and operations", Cost: "1234567890" };
  const device = { device_name: "/dev/sda", volume_size: 10, encrypted: true, tags: { Backup: "daily" } };
  const computed = ["arn", "id", "availability_zone", "host_id", "private_dns", "private_ip", "public_ip", "tenancy"];
  const values = {
    ami: "ami-0abcdef0123456789",
    instance_type: "t3.large",
    tags,
    tags_all: tags,
    ebs_block_device: [device, device, device],
    root_block_device: [],
    credit_specification: [],
    hibernation: null,
    launch_template: [],
    monitoring: null,
    source_dest_check: true,
    timeouts: null,
    user_data: "#!/bin/sh\nyum update -y\nsystemctl enable --now nginx\n".repeat(6),
    volume_tags: null,
    vpc_security_group_ids: ["sg-0123456789abcdef0"],
  };
  return {
    type: "aws_instance",
    name: `web${i}`,
    values,
    unknown: Object.fromEntries(computed.map((name) => [name, true])),
    expressions: {
      ami: { constant_value: values.ami },
      tags: { constant_value: tags },
      subnet_id: { references: ["aws_subnet.a.id", "aws_subnet.a"] },
    },
  };
}
