DROP INDEX `identifiers_by_target`;--> statement-breakpoint
CREATE INDEX `identifiers_by_target` ON `identifiers` (`environment`,`target`,`kind`,`value`);