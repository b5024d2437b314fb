import type { UpdateFields } from "../api/types.js";
import { Store } from "../state/store.js";

/** What a panel shows by now of the answers to what is set: nothing of it is older. */
export interface Shown {
  update: UpdateFields | null;
  /** Whether the adversarial image fools the other networks, by their ids. */
  transfer: Record<string, boolean>;
}

const NOTHING_SHOWN: Shown = { update: null, transfer: {} };

/** Of each panel, by its id. */
export const shownResults = new Store<Record<string, Shown>>({});

export function shownIn(results: Record<string, Shown>, panel: string): Shown {
  return results[panel] ?? NOTHING_SHOWN;
}

export function reportAttack(panel: string, update: UpdateFields | null): void {
  shownResults.set((results) => ({ ...results, [panel]: { ...shownIn(results, panel), update } }));
}

export function reportTransfer(panel: string, transfer: Record<string, boolean>): void {
  shownResults.set((results) => ({ ...results, [panel]: { ...shownIn(results, panel), transfer } }));
}
