CREATE TABLE `bodies` (
	`body_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`digest` text NOT NULL,
	`bytes` blob NOT NULL,
	`size` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `events` (
	`event_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`observation_id` integer NOT NULL,
	`event_type` text NOT NULL,
	`business_id` text,
	`state` text NOT NULL,
	`reason` text,
	`same_content_as` text,
	`drift` text NOT NULL,
	`primary_id` text,
	`payment_request_id` text,
	`status` text,
	`eci` text,
	`cvn` text,
	`avs` text,
	`response` text,
	`currency` text,
	`headers` text NOT NULL,
	`token_label` text,
	`receipts` integer NOT NULL,
	`first_received_at` integer NOT NULL,
	`last_received_at` integer NOT NULL,
	`set_aside_at` integer,
	`set_aside_reason` text,
	FOREIGN KEY (`observation_id`) REFERENCES `observations`(`observation_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `events_by_observation` ON `events` (`observation_id`);--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`environment`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_type` ON `events` (`environment`,`event_type`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_state` ON `events` (`environment`,`state`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_eci` ON `events` (`environment`,`eci`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_cvn` ON `events` (`environment`,`cvn`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_avs` ON `events` (`environment`,`avs`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_response` ON `events` (`environment`,`response`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_currency` ON `events` (`environment`,`currency`,`first_received_at`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_request` ON `events` (`environment`,`payment_request_id`,`first_received_at`);--> statement-breakpoint
CREATE INDEX `events_by_primary` ON `events` (`environment`,`primary_id`);--> statement-breakpoint
CREATE TABLE `observation_ids` (
	`environment` text NOT NULL,
	`value` text NOT NULL,
	`observation_id` integer NOT NULL,
	PRIMARY KEY(`environment`, `value`, `observation_id`),
	FOREIGN KEY (`observation_id`) REFERENCES `observations`(`observation_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `observation_ids_by_observation` ON `observation_ids` (`observation_id`);--> statement-breakpoint
CREATE TABLE `observations` (
	`observation_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`environment` text NOT NULL,
	`source` text NOT NULL,
	`subject` text,
	`webhook_id` text,
	`dedupe_key` text,
	`content_digest` text NOT NULL,
	`body_id` integer NOT NULL,
	`masked` integer NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`body_id`) REFERENCES `bodies`(`body_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `observations_by_key` ON `observations` (`environment`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `observations_by_content` ON `observations` (`environment`,`content_digest`);--> statement-breakpoint
CREATE INDEX `observations_by_body` ON `observations` (`body_id`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`receipt_id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`kind` text NOT NULL,
	`received_at` integer NOT NULL,
	`body_id` integer,
	`address` text,
	`replay_header` text,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`event_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`body_id`) REFERENCES `bodies`(`body_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `receipts_by_event` ON `receipts` (`event_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `receipts_by_body` ON `receipts` (`body_id`) WHERE body_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `refolds` (
	`environment` text NOT NULL,
	`token` text NOT NULL,
	`after` integer NOT NULL,
	PRIMARY KEY(`environment`, `token`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `refusals` (
	`refusal_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`refused_at` integer NOT NULL,
	`reason` text NOT NULL,
	`size` integer,
	`address` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `webhook_tokens` (
	`token_digest` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`label` text NOT NULL,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	`last_used_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `webhook_tokens_by_environment` ON `webhook_tokens` (`environment`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`delivery_id` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`status` integer,
	`latency_ms` integer,
	`response_excerpt` text,
	`response_type` text,
	`error` text,
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`delivery_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `attempts_by_delivery` ON `attempts` (`delivery_id`,`at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`delivery_id` text PRIMARY KEY NOT NULL,
	`replay_id` text NOT NULL,
	`event_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`outcome` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`replay_id`) REFERENCES `replays`(`replay_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `deliveries_by_replay` ON `deliveries` (`replay_id`,`delivery_id`);--> statement-breakpoint
CREATE INDEX `deliveries_by_event` ON `deliveries` (`event_id`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE TABLE `destinations` (
	`destination_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`token_secret` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `replays` (
	`replay_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`environment` text NOT NULL,
	`destination_id` text,
	`state` text NOT NULL,
	`total` integer NOT NULL,
	`ordered_by` text NOT NULL,
	`ordered_at` integer NOT NULL,
	`finished_at` integer,
	`idempotency_key` text NOT NULL,
	FOREIGN KEY (`destination_id`) REFERENCES `destinations`(`destination_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `replays_idempotency_key_unique` ON `replays` (`idempotency_key`);--> statement-breakpoint
CREATE INDEX `replays_by_time` ON `replays` (`environment`,`ordered_at`,`replay_id`);--> statement-breakpoint
CREATE INDEX `replays_by_state` ON `replays` (`state`);--> statement-breakpoint
CREATE TABLE `secrets` (
	`name` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `test_session_steps` (
	`step_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`environment` text NOT NULL,
	`payment_session_id` text NOT NULL,
	`step` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`exchange` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `test_session_steps_by_session` ON `test_session_steps` (`environment`,`payment_session_id`,`at`);--> statement-breakpoint
CREATE TABLE `test_sessions` (
	`environment` text NOT NULL,
	`payment_session_id` text NOT NULL,
	`return_key` text NOT NULL,
	`operator_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`levers` text NOT NULL,
	`poll_at` integer,
	`polls` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`environment`, `payment_session_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `test_sessions_by_return_key` ON `test_sessions` (`return_key`);--> statement-breakpoint
CREATE INDEX `test_sessions_by_poll` ON `test_sessions` (`poll_at`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`audit_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`operator_id` text,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`environment` text,
	`subject` text,
	`reason` text,
	`detail` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_entries_by_time` ON `audit_entries` (`at`,`audit_id`);--> statement-breakpoint
CREATE TABLE `first_links` (
	`token_digest` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`spent_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `operator_sessions` (
	`token_digest` text PRIMARY KEY NOT NULL,
	`operator_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`operator_id`) REFERENCES `operators`(`operator_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `operator_sessions_by_operator` ON `operator_sessions` (`operator_id`);--> statement-breakpoint
CREATE TABLE `operators` (
	`operator_id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`environments` text,
	`business_ids` text,
	`preferences` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `operators_by_email` ON `operators` (`email`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`failure_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`address` text NOT NULL,
	`failed_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_email` ON `sign_in_failures` (`email`,`failed_at`);--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_address` ON `sign_in_failures` (`address`,`failed_at`);--> statement-breakpoint
CREATE TABLE `captures` (
	`environment` text NOT NULL,
	`capture_id` text NOT NULL,
	`payment_id` text NOT NULL,
	`payment_request_id` text NOT NULL,
	`business_id` text,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`captured_at` integer,
	PRIMARY KEY(`environment`, `capture_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `captures_by_request` ON `captures` (`environment`,`payment_request_id`);--> statement-breakpoint
CREATE TABLE `disputes` (
	`environment` text NOT NULL,
	`dispute_id` text NOT NULL,
	`payment_request_id` text NOT NULL,
	`payment_id` text,
	`business_id` text,
	`status` text NOT NULL,
	`status_reason` text,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`due_at` integer,
	`created_at` integer,
	`updated_at` integer,
	PRIMARY KEY(`environment`, `dispute_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `disputes_by_request` ON `disputes` (`environment`,`payment_request_id`);--> statement-breakpoint
CREATE TABLE `hourly_counts` (
	`environment` text NOT NULL,
	`business_id` text NOT NULL,
	`hour` integer NOT NULL,
	`currency` text NOT NULL,
	`dimension` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	`captured_minor` integer NOT NULL,
	PRIMARY KEY(`environment`, `hour`, `dimension`, `code`, `currency`, `business_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `identifiers` (
	`environment` text NOT NULL,
	`value` text NOT NULL,
	`kind` text NOT NULL,
	`target` text NOT NULL,
	`business_id` text,
	PRIMARY KEY(`environment`, `value`, `kind`, `target`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `identifiers_by_target` ON `identifiers` (`environment`,`target`);--> statement-breakpoint
CREATE TABLE `payment_requests` (
	`environment` text NOT NULL,
	`payment_request_id` text NOT NULL,
	`business_id` text,
	`reference_id` text,
	`status` text NOT NULL,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`captured_minor` integer,
	`captured_itemised` integer NOT NULL,
	`refunded_minor` integer NOT NULL,
	`payment_id` text,
	`payment_count` integer NOT NULL,
	`payment_session_id` text,
	`session_link` text,
	`customer_id` text,
	`payment_token_id` text,
	`capture_method` text,
	`country` text,
	`channel_code` text,
	`network` text,
	`network_from` text,
	`three_ds_flow` text,
	`eci` text,
	`cvn` text,
	`avs` text,
	`response` text,
	`failure_code` text,
	`created_at` integer,
	`updated_at` integer,
	`captured_at` integer,
	`expires_at` integer,
	`sort_at` integer NOT NULL,
	`flags` text NOT NULL,
	`disagreements` text NOT NULL,
	PRIMARY KEY(`environment`, `payment_request_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `payment_requests_by_time` ON `payment_requests` (`environment`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_status` ON `payment_requests` (`environment`,`status`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_eci` ON `payment_requests` (`environment`,`eci`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_cvn` ON `payment_requests` (`environment`,`cvn`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_avs` ON `payment_requests` (`environment`,`avs`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_response` ON `payment_requests` (`environment`,`response`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_currency` ON `payment_requests` (`environment`,`currency`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_session` ON `payment_requests` (`environment`,`payment_session_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_token` ON `payment_requests` (`environment`,`payment_token_id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`environment` text NOT NULL,
	`payment_id` text NOT NULL,
	`payment_request_id` text NOT NULL,
	`business_id` text,
	`reference_id` text,
	`status` text NOT NULL,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`captured_minor` integer,
	`captured_itemised` integer NOT NULL,
	`capture_method` text,
	`eci` text,
	`cvn` text,
	`avs` text,
	`response` text,
	`failure_code` text,
	`created_at` integer,
	`updated_at` integer,
	`captured_at` integer,
	`verification` text NOT NULL,
	PRIMARY KEY(`environment`, `payment_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `payments_by_request` ON `payments` (`environment`,`payment_request_id`);--> statement-breakpoint
CREATE TABLE `refunds` (
	`environment` text NOT NULL,
	`refund_id` text NOT NULL,
	`payment_request_id` text NOT NULL,
	`payment_id` text,
	`business_id` text,
	`status` text NOT NULL,
	`reason` text,
	`failure_code` text,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`created_at` integer,
	`updated_at` integer,
	PRIMARY KEY(`environment`, `refund_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `refunds_by_request` ON `refunds` (`environment`,`payment_request_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`environment` text NOT NULL,
	`payment_session_id` text NOT NULL,
	`business_id` text,
	`reference_id` text,
	`status` text NOT NULL,
	`mode` text,
	`session_type` text,
	`capture_method` text,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`country` text,
	`customer_id` text,
	`payment_token_id` text,
	`created_at` integer,
	`updated_at` integer,
	`expires_at` integer,
	`sort_at` integer NOT NULL,
	`payment_request_id` text,
	`payment_request_link` text,
	`payment_request_count` integer NOT NULL,
	`eci` text,
	`cvn` text,
	`avs` text,
	`flags` text NOT NULL,
	PRIMARY KEY(`environment`, `payment_session_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_by_time` ON `sessions` (`environment`,`sort_at`,`payment_session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_status` ON `sessions` (`environment`,`status`,`sort_at`,`payment_session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_eci` ON `sessions` (`environment`,`eci`,`sort_at`,`payment_session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_cvn` ON `sessions` (`environment`,`cvn`,`sort_at`,`payment_session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_avs` ON `sessions` (`environment`,`avs`,`sort_at`,`payment_session_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_currency` ON `sessions` (`environment`,`currency`,`sort_at`,`payment_session_id`);--> statement-breakpoint
CREATE TABLE `sandbox_customers` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`reference_id` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sandbox_customers_by_reference` ON `sandbox_customers` (`reference_id`);--> statement-breakpoint
CREATE TABLE `sandbox_deliveries` (
	`delivery_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`webhook_id` text NOT NULL,
	`target` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`outcome` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`webhook_id`) REFERENCES `sandbox_events`(`webhook_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_deliveries_due` ON `sandbox_deliveries` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `sandbox_deliveries_by_event` ON `sandbox_deliveries` (`webhook_id`);--> statement-breakpoint
CREATE TABLE `sandbox_events` (
	`webhook_id` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`body` text NOT NULL,
	`with_id` integer NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sandbox_payment_requests` (
	`payment_request_id` text PRIMARY KEY NOT NULL,
	`payment_session_id` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_payment_requests_by_session` ON `sandbox_payment_requests` (`payment_session_id`);--> statement-breakpoint
CREATE TABLE `sandbox_payments` (
	`payment_id` text PRIMARY KEY NOT NULL,
	`payment_request_id` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_payments_by_request` ON `sandbox_payments` (`payment_request_id`);--> statement-breakpoint
CREATE INDEX `sandbox_payments_by_expiry` ON `sandbox_payments` (`status`,`expires_at`);--> statement-breakpoint
CREATE INDEX `sandbox_payments_by_time` ON `sandbox_payments` (`created_at`,`payment_id`);--> statement-breakpoint
CREATE TABLE `sandbox_refunds` (
	`refund_id` text PRIMARY KEY NOT NULL,
	`payment_request_id` text NOT NULL,
	`status` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_refunds_by_request` ON `sandbox_refunds` (`payment_request_id`);--> statement-breakpoint
CREATE INDEX `sandbox_refunds_due` ON `sandbox_refunds` (`status`,`due_at`);--> statement-breakpoint
CREATE INDEX `sandbox_refunds_by_time` ON `sandbox_refunds` (`created_at`,`refund_id`);--> statement-breakpoint
CREATE TABLE `sandbox_sessions` (
	`payment_session_id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`body` text NOT NULL,
	`levers` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_sessions_by_expiry` ON `sandbox_sessions` (`status`,`expires_at`);--> statement-breakpoint
CREATE TABLE `sandbox_settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sandbox_tokens` (
	`payment_token_id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`body` text NOT NULL,
	`card` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_tokens_by_status` ON `sandbox_tokens` (`status`,`created_at`);--> statement-breakpoint
CREATE TABLE `sandbox_tries` (
	`authentication_id` text PRIMARY KEY NOT NULL,
	`payment_session_id` text NOT NULL,
	`payment_request_id` text,
	`payment_token_id` text,
	`stage` text NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`plan` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sandbox_tries_by_session` ON `sandbox_tries` (`payment_session_id`);--> statement-breakpoint
CREATE INDEX `sandbox_tries_due` ON `sandbox_tries` (`stage`,`due_at`);