resource "aws_iam_user" "mailer" {
  name = "ses-smtp-user.newsletter"
}

resource "aws_iam_access_key" "mailer" {
  user = aws_iam_user.mailer.name
}

resource "aws_lambda_function" "newsletter" {
  function_name = "newsletter"
  role          = "arn:aws:iam::123456789012:role/newsletter"

  environment {
    variables = {
      SMTP_HOST     = "email-smtp.eu-central-1.amazonaws.com"
      SMTP_USERNAME = aws_iam_access_key.mailer.id
      SMTP_PASSWORD = aws_iam_access_key.mailer.secret
    }
  }
}

resource "aws_iam_user_policy" "mailer" {
  user = aws_iam_user.mailer.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ses:SendRawEmail", Resource = "*" }]
  })
}
