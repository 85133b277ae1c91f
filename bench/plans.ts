import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundled } from "./bundle";
import type { Measured, Memory } from "./measure";

const rounds = 5;

/** A plan of 100 MB, of which one resource in fifty is a user or a key, against JSON.parse of it, in new processes. */
export function benchPlans(): { readonly time: Measured; readonly memory: Memory } {
  const text = plan(36_000);
  const directory = mkdtempSync(join(tmpdir(), "bench-plans-"));
  const path = join(directory, "plan.json");
  writeFileSync(path, text);
  const bundle = bundled("plans-process.ts", directory);
  const run = (work: "parse" | "lint"): Run => {
    const { stdout } = spawnSync(process.execPath, [bundle, work, path], { encoding: "utf8" });
    const [milliseconds = NaN, bytes = NaN] = stdout.split(" ").map(Number);
    return { milliseconds, bytes };
  };
  const answers = Array.from({ length: rounds }, () => ({ parsed: run("parse"), linted: run("lint") }));
  rmSync(directory, { recursive: true });
  const what = `Terraform, a plan of ${Math.round(text.length / 1_000_000)} MB`;
  return {
    time: {
      what,
      times: [
        { name: "JSON.parse", milliseconds: answers.map(({ parsed }) => parsed.milliseconds) },
        { name: "linted", milliseconds: answers.map(({ linted }) => linted.milliseconds) },
      ],
      bars: [{ slow: "linted", fast: "JSON.parse", bound: "at most", times: 4 }],
    },
    memory: {
      what: `${what}, linted; at most three times what JSON.parse takes`,
      bytes: answers.map(({ linted }) => linted.bytes),
      most: 3 * Math.min(...answers.map(({ parsed }) => parsed.bytes)),
    },
  };
}

interface Run {
  readonly milliseconds: number;
  /** The most memory that the process had. */
  readonly bytes: number;
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
