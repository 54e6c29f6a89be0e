CREATE TABLE `checks` (
	`check_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`payment_request_id` text,
	`asked_id` text NOT NULL,
	`operator_id` text NOT NULL,
	`asked_by` text NOT NULL,
	`at` integer NOT NULL,
	`answers` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `checks_by_request` ON `checks` (`environment`,`payment_request_id`,`at`);--> statement-breakpoint
CREATE INDEX `checks_by_operator` ON `checks` (`operator_id`,`at`);--> statement-breakpoint
CREATE TABLE `lookups` (
	`operator_id` text NOT NULL,
	`environment` text NOT NULL,
	`target` text NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`operator_id`, `environment`, `target`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `lookups_by_time` ON `lookups` (`operator_id`,`at`);--> statement-breakpoint
CREATE TABLE `notes` (
	`note_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`payment_request_id` text NOT NULL,
	`operator_id` text NOT NULL,
	`author` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`removed_at` integer,
	`removed_by` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `notes_by_request` ON `notes` (`environment`,`payment_request_id`,`at`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`view_id` text PRIMARY KEY NOT NULL,
	`operator_id` text NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`search` text NOT NULL,
	`shared` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_by_operator` ON `saved_views` (`operator_id`,`list`,`name`);--> statement-breakpoint
CREATE INDEX `saved_views_shared` ON `saved_views` (`shared`,`list`,`name`);--> statement-breakpoint
ALTER TABLE `payment_requests` ADD `missing` text;--> statement-breakpoint
ALTER TABLE `payment_requests` ADD `anomaly` text;--> statement-breakpoint
CREATE INDEX `payment_requests_by_network` ON `payment_requests` (`environment`,`network`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_flow` ON `payment_requests` (`environment`,`three_ds_flow`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_failure` ON `payment_requests` (`environment`,`failure_code`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_missing` ON `payment_requests` (`environment`,`missing`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_anomaly` ON `payment_requests` (`environment`,`anomaly`,`sort_at`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `payment_requests_by_amount` ON `payment_requests` (`environment`,`currency`,`amount_minor`,`sort_at`,`payment_request_id`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `missing` text;--> statement-breakpoint
CREATE INDEX `sessions_by_missing` ON `sessions` (`environment`,`missing`,`sort_at`,`payment_session_id`);