import { lintSources } from "../src/lint";
import { takeTurns, type Measured } from "./measure";

const rounds = 9;
const conditions = 30;
const users = 60;

/** A template whose resources and values hang on 30 conditions that nothing decides, against one with none. */
export function benchConditions(): Measured {
  const works = {
    "30 free conditions": linting(template(conditions)),
    none: linting(template(0)),
  };
  return {
    what: `CloudFormation, ${users} users with policies, groups and functions: all rules`,
    times: takeTurns(works, { warm: 1, rounds }),
    bars: [{ slow: "30 free conditions", fast: "none", bound: "at most", times: 5 }],
  };
}

function linting(text: string): () => unknown {
  return () => lintSources([{ path: "template.yaml", text }]);
}

/** The same resources; with conditions each hangs on one of them, its values on others, and some conditions on all. */
function template(free: number): string {
  const parameters = Array.from({ length: free }, (_, i) => `  P${i}: { Type: String }\n`).join("");
  const each = Array.from({ length: free }, (_, i) => `  C${i}: !Equals [!Ref P${i}, "true"]\n`).join("");
  const every = Array.from({ length: free }, (_, i) => `!Condition C${i}`).join(", ");
  const joined = free === 0 ? "" : `  All: !And [${every}]\n  Any: !Or [${every}]\n`;
  const sections = free === 0 ? "" : `Parameters:\n${parameters}Conditions:\n${each}${joined}`;
  return `${sections}Resources:\n${Array.from({ length: users }, (_, i) => resources(i, free)).join("")}`;
}

function resources(index: number, free: number): string {
  const condition = free === 0 ? "" : `\n    Condition: ${index % 10 === 0 ? "Any" : `C${index % free}`}`;
  const either = (then: string, otherwise: string, offset: number): string =>
    free === 0 ? then : `!If [C${(index + offset) % free}, ${then}, ${otherwise}]`;
  return `  User${index}:
    Type: AWS::IAM::User${condition}
    Properties:
      UserName: ${either(`ses-smtp-user.a${index}`, `ses-smtp-user.b${index}`, 1)}
      Groups: [${either(`!Ref Group${index}`, "!Ref AWS::NoValue", 2)}]
  Group${index}: { Type: AWS::IAM::Group }
  Policy${index}:
    Type: AWS::IAM::Policy${condition}
    Properties:
      PolicyName: send
      Users: [${either(`!Ref User${index}`, "!Ref AWS::NoValue", 3)}]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: [ses:SendRawEmail, ${either("ses:SendEmail", "!Ref AWS::NoValue", 4)}]
            Resource: ${either('"*"', "!Sub 'arn:aws:ses:${AWS::Region}:${AWS::AccountId}:identity/*'", 5)}
  Key${index}: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref User${index} } }
  Function${index}:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          SMTP_HOST: ${either("email-smtp.us-east-1.amazonaws.com", "smtp.example.com", 6)}
          SMTP_USERNAME: !Ref Key${index}
          SMTP_PASSWORD: ${either(`!GetAtt Key${index}.SecretAccessKey`, "!Ref AWS::NoValue", 7)}
`;
}
