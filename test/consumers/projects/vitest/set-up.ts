import "ssm-run-command/vitest";
