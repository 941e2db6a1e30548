# The alarms of the CIS benchmark on what the trail records, in its order (version 3.0, recommendations 4.1 to 4.15).

locals {
  watches = {
    DeniedCalls = {
      says      = "Many calls are denied"
      threshold = 10
      pattern   = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
    }
    SignInWithoutMfa = {
      says      = "Somebody signed in to the console without a second factor"
      threshold = 1
      pattern   = "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && ($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }"
    }
    RootUse = {
      says      = "Somebody uses the root user"
      threshold = 1
      pattern   = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
    }
    IamChanges = {
      says      = "Somebody changes policies of IAM"
      threshold = 1
      pattern   = "{ ($.eventName = \"DeleteGroupPolicy\") || ($.eventName = \"DeleteRolePolicy\") || ($.eventName = \"DeleteUserPolicy\") || ($.eventName = \"PutGroupPolicy\") || ($.eventName = \"PutRolePolicy\") || ($.eventName = \"PutUserPolicy\") || ($.eventName = \"CreatePolicy\") || ($.eventName = \"DeletePolicy\") || ($.eventName = \"CreatePolicyVersion\") || ($.eventName = \"DeletePolicyVersion\") || ($.eventName = \"AttachRolePolicy\") || ($.eventName = \"DetachRolePolicy\") || ($.eventName = \"AttachUserPolicy\") || ($.eventName = \"DetachUserPolicy\") || ($.eventName = \"AttachGroupPolicy\") || ($.eventName = \"DetachGroupPolicy\") }"
    }
    TrailChanges = {
      says      = "Somebody changes or stops the trail"
      threshold = 1
      pattern   = "{ ($.eventName = \"CreateTrail\") || ($.eventName = \"UpdateTrail\") || ($.eventName = \"DeleteTrail\") || ($.eventName = \"StartLogging\") || ($.eventName = \"StopLogging\") }"
    }
    SignInFailures = {
      says      = "Many sign-ins to the console fail"
      threshold = 5
      pattern   = "{ ($.eventName = \"ConsoleLogin\") && ($.errorMessage = \"Failed authentication\") }"
    }
    KeyRemoval = {
      says      = "Somebody disables or deletes a key"
      threshold = 1
      pattern   = "{ ($.eventSource = \"kms.amazonaws.com\") && (($.eventName = \"DisableKey\") || ($.eventName = \"ScheduleKeyDeletion\")) }"
    }
    BucketPolicyChanges = {
      says      = "Somebody changes who may use a bucket"
      threshold = 1
      pattern   = "{ ($.eventName = \"PutBucketAcl\") || ($.eventName = \"PutBucketPolicy\") || ($.eventName = \"PutBucketCors\") || ($.eventName = \"PutBucketLifecycle\") || ($.eventName = \"PutBucketReplication\") || ($.eventName = \"DeleteBucketPolicy\") || ($.eventName = \"DeleteBucketCors\") || ($.eventName = \"DeleteBucketLifecycle\") || ($.eventName = \"DeleteBucketReplication\") }"
    }
    ConfigChanges = {
      says      = "Somebody changes or stops AWS Config"
      threshold = 1
      pattern   = "{ ($.eventName = \"StopConfigurationRecorder\") || ($.eventName = \"DeleteDeliveryChannel\") || ($.eventName = \"PutDeliveryChannel\") || ($.eventName = \"PutConfigurationRecorder\") }"
    }
    SecurityGroupChanges = {
      says      = "Somebody changes security groups"
      threshold = 1
      pattern   = "{ ($.eventName = \"AuthorizeSecurityGroupIngress\") || ($.eventName = \"AuthorizeSecurityGroupEgress\") || ($.eventName = \"RevokeSecurityGroupIngress\") || ($.eventName = \"RevokeSecurityGroupEgress\") || ($.eventName = \"CreateSecurityGroup\") || ($.eventName = \"DeleteSecurityGroup\") }"
    }
    NetworkAclChanges = {
      says      = "Somebody changes network access lists"
      threshold = 1
      pattern   = "{ ($.eventName = \"CreateNetworkAcl\") || ($.eventName = \"CreateNetworkAclEntry\") || ($.eventName = \"DeleteNetworkAcl\") || ($.eventName = \"DeleteNetworkAclEntry\") || ($.eventName = \"ReplaceNetworkAclEntry\") || ($.eventName = \"ReplaceNetworkAclAssociation\") }"
    }
    GatewayChanges = {
      says      = "Somebody changes gateways of the network"
      threshold = 1
      pattern   = "{ ($.eventName = \"CreateCustomerGateway\") || ($.eventName = \"DeleteCustomerGateway\") || ($.eventName = \"AttachInternetGateway\") || ($.eventName = \"CreateInternetGateway\") || ($.eventName = \"DeleteInternetGateway\") || ($.eventName = \"DetachInternetGateway\") }"
    }
    RouteChanges = {
      says      = "Somebody changes routes"
      threshold = 1
      pattern   = "{ ($.eventName = \"CreateRoute\") || ($.eventName = \"CreateRouteTable\") || ($.eventName = \"ReplaceRoute\") || ($.eventName = \"ReplaceRouteTableAssociation\") || ($.eventName = \"DeleteRouteTable\") || ($.eventName = \"DeleteRoute\") || ($.eventName = \"DisassociateRouteTable\") }"
    }
    VpcChanges = {
      says      = "Somebody changes networks"
      threshold = 1
      pattern   = "{ ($.eventName = \"CreateVpc\") || ($.eventName = \"DeleteVpc\") || ($.eventName = \"ModifyVpcAttribute\") || ($.eventName = \"AcceptVpcPeeringConnection\") || ($.eventName = \"CreateVpcPeeringConnection\") || ($.eventName = \"DeleteVpcPeeringConnection\") || ($.eventName = \"RejectVpcPeeringConnection\") }"
    }
    OrganizationChanges = {
      says      = "Somebody changes the organization"
      threshold = 1
      pattern   = "{ $.eventSource = \"organizations.amazonaws.com\" && $.readOnly IS FALSE }"
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "watch" {
  for_each = local.alarms == 1 ? local.watches : {}

  name           = "${var.name}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.trail[0].name
  pattern        = each.value.pattern

  metric_transformation {
    namespace = "Security"
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "watch" {
  for_each = local.alarms == 1 ? local.watches : {}

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = "Security"
  metric_name         = each.key
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.operator.arn]
}
