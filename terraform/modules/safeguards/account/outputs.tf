output "topic_arn" {
  description = "The topic by which the operator is told, for alarms of your own"
  value       = aws_sns_topic.operator.arn
}

output "trail_bucket" {
  description = "The bucket of the trail"
  value       = one(module.trail_bucket[*].id)
}

output "findings_bucket" {
  description = "Where the economical Security Hub exports its findings"
  value       = one(module.findings_bucket[*].id)
}
