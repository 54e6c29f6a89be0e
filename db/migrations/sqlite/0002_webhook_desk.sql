CREATE TABLE `destination_signing_keys` (
	`key_id` text PRIMARY KEY NOT NULL,
	`destination_id` text NOT NULL,
	`secret_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	FOREIGN KEY (`destination_id`) REFERENCES `destinations`(`destination_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `destination_signing_keys_by_destination` ON `destination_signing_keys` (`destination_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `access_tokens` (
	`token_digest` text PRIMARY KEY NOT NULL,
	`token_id` text NOT NULL,
	`operator_id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `access_tokens_token_id_unique` ON `access_tokens` (`token_id`);--> statement-breakpoint
CREATE INDEX `access_tokens_by_operator` ON `access_tokens` (`operator_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `drift_notices` (
	`notice_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`event_type` text NOT NULL,
	`path` text NOT NULL,
	`kind` text NOT NULL,
	`detail` text NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	`acknowledged_at` integer,
	`acknowledged_by` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `drift_notices_by_time` ON `drift_notices` (`environment`,`at`);--> statement-breakpoint
CREATE INDEX `drift_notices_by_field` ON `drift_notices` (`environment`,`event_type`,`path`);--> statement-breakpoint
CREATE TABLE `field_sightings` (
	`environment` text NOT NULL,
	`event_type` text NOT NULL,
	`path` text NOT NULL,
	`type` text NOT NULL,
	`count` integer NOT NULL,
	`first_event_id` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`absent_for` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`environment`, `event_type`, `path`, `type`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `lab_requests` (
	`run_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`scenario` text NOT NULL,
	`about` text NOT NULL,
	`body_digest` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`status` integer,
	`latency_ms` integer NOT NULL,
	`response_excerpt` text,
	PRIMARY KEY(`run_id`, `sequence`),
	FOREIGN KEY (`run_id`) REFERENCES `lab_runs`(`run_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `lab_results` (
	`run_id` text NOT NULL,
	`scenario` text NOT NULL,
	`point` text NOT NULL,
	`verdict` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `scenario`, `point`),
	FOREIGN KEY (`run_id`) REFERENCES `lab_runs`(`run_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `lab_runs` (
	`run_id` text PRIMARY KEY NOT NULL,
	`destination_id` text NOT NULL,
	`endpoint` text NOT NULL,
	`probe_url` text,
	`seed` integer NOT NULL,
	`scenarios` text NOT NULL,
	`state` text NOT NULL,
	`operator_id` text NOT NULL,
	`ordered_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`digest` text,
	`share_key` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `lab_runs_share_key_unique` ON `lab_runs` (`share_key`);--> statement-breakpoint
CREATE INDEX `lab_runs_by_time` ON `lab_runs` (`started_at`,`run_id`);--> statement-breakpoint
DROP INDEX `deliveries_by_event`;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `destination_id` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `order_key` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_by_replay_state` ON `deliveries` (`replay_id`,`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `deliveries_by_destination` ON `deliveries` (`destination_id`,`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `deliveries_by_order` ON `deliveries` (`destination_id`,`order_key`,`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `deliveries_by_event` ON `deliveries` (`event_id`,`destination_id`);--> statement-breakpoint
ALTER TABLE `events` ADD `set_aside_by` text;--> statement-breakpoint
ALTER TABLE `events` ADD `expunged_at` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `expunged_by` text;--> statement-breakpoint
ALTER TABLE `events` ADD `expunged_reason` text;--> statement-breakpoint
ALTER TABLE `destinations` ADD `description` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `environments` text;--> statement-breakpoint
ALTER TABLE `destinations` ADD `event_types` text;--> statement-breakpoint
ALTER TABLE `destinations` ADD `is_on` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `forwards` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `forward_after` integer;--> statement-breakpoint
ALTER TABLE `destinations` ADD `in_order` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `sends_webhook_id` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `timeout_ms` integer DEFAULT 15000 NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `rate_per_second` integer;--> statement-breakpoint
ALTER TABLE `destinations` ADD `concurrency` integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `failures_in_row` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `destinations` ADD `breaker_opened_at` integer;--> statement-breakpoint
ALTER TABLE `destinations` ADD `last_delivered_at` integer;--> statement-breakpoint
ALTER TABLE `destinations` ADD `last_failed_at` integer;--> statement-breakpoint
ALTER TABLE `destinations` ADD `last_outcome` text;--> statement-breakpoint
ALTER TABLE `replays` ADD `selection` text;--> statement-breakpoint
ALTER TABLE `replays` ADD `includes_delivered` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `replays` ADD `fill_after` integer;--> statement-breakpoint
ALTER TABLE `replays` ADD `fill_up_to` integer;--> statement-breakpoint
ALTER TABLE `replays` ADD `target_url` text;--> statement-breakpoint
UPDATE `deliveries` SET
	`destination_id` = (SELECT `destination_id` FROM `replays` WHERE `replays`.`replay_id` = `deliveries`.`replay_id`),
	`order_key` = (SELECT coalesce(`payment_request_id`, `primary_id`) FROM `events` WHERE `events`.`event_id` = `deliveries`.`event_id`),
	`sequence` = coalesce((SELECT `observation_id` FROM `events` WHERE `events`.`event_id` = `deliveries`.`event_id`), 0);
