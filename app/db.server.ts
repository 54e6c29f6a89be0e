/** The one door into `db/`. Domain code imports these types and takes a `Database` as its first argument. */
export { alive } from "../db/alive.ts";
export type {
  Arrival,
  Captured,
  Change,
  Database,
  OtherObservation,
  Reader,
  Statement,
  Tables,
  WriteOutcome,
} from "../db/database.ts";
export type {
  CheckAnswer,
  CountDimension,
  DeliveryState,
  ListName,
  Preferences,
  ReplayKind,
  ReplayState,
  Role,
} from "../db/schema/sqlite.ts";
