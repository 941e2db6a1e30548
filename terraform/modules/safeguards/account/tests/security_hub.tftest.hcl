# `terraform test`: plans with a mocked provider, so that no account is needed.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "ap-northeast-1" }
  }
}

variables {
  name           = "webapp"
  operator_email = "operator@example.com"
}

run "continuous_by_default" {
  command = plan

  assert {
    condition     = length(aws_securityhub_account.this) == 1 && length(aws_sfn_state_machine.security_hub) == 0
    error_message = "Security Hub does not run continuously"
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.watch) == 15 && length(aws_cloudwatch_event_rule.findings) == 5
    error_message = "alarms or routes of findings are missing"
  }
}

run "economical_for_one_day_a_month" {
  command = plan
  variables {
    security_hub = "economical"
  }

  assert {
    condition     = length(aws_securityhub_account.this) == 0 && length(aws_sfn_state_machine.security_hub) == 1
    error_message = "the economical mode is not alone"
  }
  assert {
    condition     = local.security_hub_day.StartAt == "Enable" && local.security_hub_day.States.Collect.Seconds == 86400
    error_message = "it does not collect for 24 hours"
  }
  assert {
    condition = (
      local.security_hub_day.States.Enable.Next == "Collect"
      && local.security_hub_day.States.Enable.Catch[0].Next == "AlreadyEnabled"
      && local.security_hub_day.States.AlreadyEnabled.Type == "Succeed"
      && local.security_hub_day.States.Collect.Next == "First"
      && local.security_hub_day.States.First.Next == "Store"
      && local.security_hub_day.States.Store.Next == "More"
      && local.security_hub_day.States.More.Choices[0].Next == "Following"
      && local.security_hub_day.States.Following.Next == "Store"
      && local.security_hub_day.States.More.Default == "Disable"
      && local.security_hub_day.States.Disable.End
    )
    error_message = "it does not enable, collect, export page by page, and disable, in this order"
  }
  assert {
    condition     = aws_scheduler_schedule.security_hub[0].schedule_expression == "cron(0 0 1 * ? *)"
    error_message = "it does not run once a month"
  }
}

run "nothing_that_is_not_wanted" {
  command = plan
  variables {
    wanted = ["guardduty"]
  }

  assert {
    condition     = length(aws_guardduty_detector.this) == 1 && length(aws_cloudtrail.this) == 0 && length(aws_macie2_account.this) == 0
    error_message = "something came unasked"
  }
}
