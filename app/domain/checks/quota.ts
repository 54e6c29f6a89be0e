export interface Quota {
  /** False when this name has had its share of the time that ends now; asking in vain costs nothing. */
  take(name: string, now: number): boolean;
}

/** So many a name within a sliding time. In memory, as it is about now. */
export function createQuota({ most, withinMs }: { readonly most: number; readonly withinMs: number }): Quota {
  const taken = new Map<string, readonly number[]>();
  return {
    take(name, now) {
      const recent = (taken.get(name) ?? []).filter((at) => at > now - withinMs);
      const isAllowed = recent.length < most;
      taken.set(name, isAllowed ? [...recent, now] : recent);
      return isAllowed;
    },
  };
}
