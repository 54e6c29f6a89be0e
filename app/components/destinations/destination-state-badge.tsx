import type { DestinationRow } from "~/domain/destinations/destination.ts";
import { destinationState, destinationStateWord } from "~/domain/destinations/destination-state.ts";
import { Badge } from "../ui/badge.tsx";
import { useViewer } from "../ui/viewer.tsx";

export function DestinationStateBadge({ destination }: { destination: DestinationRow }) {
  const { now } = useViewer();
  const { word, tone } = destinationStateWord[destinationState(destination, now)];
  return <Badge tone={tone}>{word}</Badge>;
}
