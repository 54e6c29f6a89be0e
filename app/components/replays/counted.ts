/** "1 event", "1,204 events": counts as the screens of replays write them. */
export function eventsText(count: number): string {
  return count === 1 ? "1 event" : `${figure(count)} events`;
}

export function figure(count: number): string {
  return count.toLocaleString("en");
}
