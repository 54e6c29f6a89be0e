CREATE TABLE `closed_days` (
	`environment` text NOT NULL,
	`day` text NOT NULL,
	`zone` text NOT NULL,
	`digest` text NOT NULL,
	`totals` text NOT NULL,
	`open_exceptions` integer NOT NULL,
	`closed_by` text NOT NULL,
	`closed_at` integer NOT NULL,
	PRIMARY KEY(`environment`, `day`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `reconciliation_amounts` (
	`environment` text NOT NULL,
	`group_key` text NOT NULL,
	`day` text NOT NULL,
	`currency` text NOT NULL,
	`business_id` text,
	`captured` integer NOT NULL,
	`refunded` integer NOT NULL,
	`reported` integer NOT NULL,
	`reported_refunds` integer NOT NULL,
	`charged_back` integer NOT NULL,
	`fee` integer NOT NULL,
	`vat` integer NOT NULL,
	`withheld` integer NOT NULL,
	`net` integer NOT NULL,
	`settled` integer NOT NULL,
	`written_off` integer NOT NULL,
	`untold` integer NOT NULL,
	`is_late` integer NOT NULL,
	PRIMARY KEY(`environment`, `group_key`, `day`, `currency`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `reconciliation_amounts_by_day` ON `reconciliation_amounts` (`environment`,`day`,`currency`);--> statement-breakpoint
CREATE INDEX `reconciliation_amounts_late` ON `reconciliation_amounts` (`environment`,`is_late`,`day`);--> statement-breakpoint
CREATE TABLE `reconciliation_comments` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`group_key` text NOT NULL,
	`text` text NOT NULL,
	`operator_id` text NOT NULL,
	`author` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `reconciliation_comments_by_group` ON `reconciliation_comments` (`environment`,`group_key`,`at`);--> statement-breakpoint
CREATE TABLE `reconciliation_decisions` (
	`environment` text NOT NULL,
	`group_key` text NOT NULL,
	`assignee_id` text,
	`resolution` text,
	`reason` text,
	`about` text,
	`amount_minor` integer,
	`operator_id` text,
	`resolved_by` text,
	`resolved_at` integer,
	PRIMARY KEY(`environment`, `group_key`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `reconciliation_groups` (
	`environment` text NOT NULL,
	`group_key` text NOT NULL,
	`payment_request_id` text,
	`business_id` text,
	`class` text NOT NULL,
	`notes` text NOT NULL,
	`state` text NOT NULL,
	`reference` text,
	`currency` text,
	`day` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`captured_minor` integer,
	`reported_minor` integer,
	`difference_minor` integer,
	`row_count` integer NOT NULL,
	`explanation` text NOT NULL,
	`digest` text NOT NULL,
	`changes_at` integer,
	`assignee_id` text,
	PRIMARY KEY(`environment`, `group_key`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_time` ON `reconciliation_groups` (`environment`,`occurred_at`,`group_key`);--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_state` ON `reconciliation_groups` (`environment`,`state`,`occurred_at`,`group_key`);--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_class` ON `reconciliation_groups` (`environment`,`class`,`occurred_at`,`group_key`);--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_currency` ON `reconciliation_groups` (`environment`,`currency`,`occurred_at`,`group_key`);--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_assignee` ON `reconciliation_groups` (`environment`,`assignee_id`,`occurred_at`,`group_key`);--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_day` ON `reconciliation_groups` (`environment`,`day`,`class`);--> statement-breakpoint
CREATE INDEX `reconciliation_groups_by_change` ON `reconciliation_groups` (`environment`,`changes_at`);--> statement-breakpoint
CREATE TABLE `reconciliation_ledger` (
	`environment` text NOT NULL,
	`period` text NOT NULL,
	`group_key` text NOT NULL,
	`day` text NOT NULL,
	`currency` text NOT NULL,
	`business_id` text,
	`captured` integer NOT NULL,
	`refunded` integer NOT NULL,
	`reported` integer NOT NULL,
	`reported_refunds` integer NOT NULL,
	`charged_back` integer NOT NULL,
	`fee` integer NOT NULL,
	`vat` integer NOT NULL,
	`withheld` integer NOT NULL,
	`net` integer NOT NULL,
	`settled` integer NOT NULL,
	`written_off` integer NOT NULL,
	PRIMARY KEY(`environment`, `period`, `group_key`, `day`, `currency`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `reconciliation_ledger_by_group` ON `reconciliation_ledger` (`environment`,`group_key`,`day`,`currency`);--> statement-breakpoint
CREATE TABLE `reconciliation_links` (
	`environment` text NOT NULL,
	`transaction_id` text NOT NULL,
	`payment_request_id` text,
	`reason` text NOT NULL,
	`operator_id` text NOT NULL,
	`linked_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`environment`, `transaction_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `reconciliation_rules` (
	`environment` text PRIMARY KEY NOT NULL,
	`rules` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `reconciliation_runs` (
	`environment` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`groups` integer NOT NULL,
	`rows` integer NOT NULL,
	`check` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `report_imports` (
	`import_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`kind` text,
	`name` text NOT NULL,
	`size` integer,
	`received` integer NOT NULL,
	`digest` text,
	`state` text NOT NULL,
	`problem` text,
	`version` text,
	`zone` text,
	`from_at` integer,
	`to_at` integer,
	`position` integer NOT NULL,
	`cursor` text,
	`lines` integer NOT NULL,
	`rows_new` integer NOT NULL,
	`rows_changed` integer NOT NULL,
	`rows_same` integer NOT NULL,
	`rows_bad` integer NOT NULL,
	`operator_id` text NOT NULL,
	`ordered_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `report_imports_by_time` ON `report_imports` (`environment`,`created_at`,`import_id`);--> statement-breakpoint
CREATE INDEX `report_imports_by_state` ON `report_imports` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `report_imports_by_digest` ON `report_imports` (`environment`,`digest`);--> statement-breakpoint
CREATE TABLE `report_problems` (
	`import_id` text NOT NULL,
	`line` integer NOT NULL,
	`column_name` text NOT NULL,
	`reason` text NOT NULL,
	`excerpt` text NOT NULL,
	PRIMARY KEY(`import_id`, `line`, `column_name`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `report_rows` (
	`environment` text NOT NULL,
	`transaction_id` text NOT NULL,
	`type` text,
	`status` text,
	`channel` text,
	`channel_name` text,
	`account_number` text,
	`currency` text,
	`amount_raw` text,
	`amount_minor` integer,
	`fee_minor` integer,
	`vat_minor` integer,
	`withheld_minor` integer,
	`net_minor` integer,
	`reference` text,
	`product_id` text,
	`payment_request_id` text,
	`capture_id` text,
	`payment_session_id` text,
	`created_at` integer,
	`updated_at` integer,
	`estimated_settlement_at` integer,
	`settled_at` integer,
	`settlement_status` text,
	`disagreements` text NOT NULL,
	`tellings` integer NOT NULL,
	`group_key` text,
	`linked_by` text,
	PRIMARY KEY(`environment`, `transaction_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `report_rows_by_group` ON `report_rows` (`environment`,`group_key`);--> statement-breakpoint
CREATE INDEX `report_rows_by_product` ON `report_rows` (`environment`,`product_id`);--> statement-breakpoint
CREATE INDEX `report_rows_by_request` ON `report_rows` (`environment`,`payment_request_id`);--> statement-breakpoint
CREATE INDEX `report_rows_by_reference` ON `report_rows` (`environment`,`reference`);--> statement-breakpoint
CREATE TABLE `report_tellings` (
	`environment` text NOT NULL,
	`transaction_id` text NOT NULL,
	`digest` text NOT NULL,
	`source` text NOT NULL,
	`import_id` text NOT NULL,
	`line` integer NOT NULL,
	`cells` text NOT NULL,
	`telling` text NOT NULL,
	PRIMARY KEY(`environment`, `transaction_id`, `digest`)
) STRICT;
