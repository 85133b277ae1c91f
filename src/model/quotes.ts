import type { Quote } from "../core/rule-info";

/** The text that the rule set is derived from. A test looks every quote up in it. */
export function theDocument(text: string): Quote {
  return {
    title: "AWS Messaging & Targeting Blog, Credentials and SES",
    url: "https://aws.amazon.com/blogs/messaging-and-targeting/credentials-and-ses/",
    text,
  };
}

/** A page of the Amazon SES Developer Guide. */
export function theGuide(page: keyof typeof guidePages, text: string): Quote {
  return {
    title: `Amazon SES Developer Guide, ${guidePages[page]}`,
    url: `https://docs.aws.amazon.com/ses/latest/dg/${page}.html`,
    text,
  };
}

const guidePages = {
  "smtp-credentials": "Obtaining Amazon SES SMTP credentials",
  "smtp-connect": "Connecting to an Amazon SES SMTP endpoint",
  "control-user-access": "Identity and access management in Amazon SES",
} as const;
