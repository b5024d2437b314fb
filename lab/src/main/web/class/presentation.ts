import { getJson, messageOf, postJson } from "../api/http.js";
import type { Slide } from "../api/types.js";
import { notify, store } from "../state/lab.js";
import { toFragment } from "../state/permalink.js";
import { Store } from "../state/store.js";

const REST = 300;
const EVERY = 1000;

/** Whether the host shows what it sees, and whether this page follows. */
export const presenting = new Store(false);
export const following = new Store(false);

let stopWatching: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let shown = -1;

export function present(on: boolean): void {
  presenting.set(() => on);
  stopWatching?.();
  stopWatching = null;
  clearTimeout(timer);
  if (on) {
    stopWatching = store.watch(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void show(), REST);
    });
  }
  void show();
}

async function show(): Promise<void> {
  try {
    await postJson<Slide>("api/presentation", { link: presenting.get() ? toFragment(store.get().document) : null });
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

export function follow(on: boolean): void {
  following.set(() => on);
  shown = -1;
  if (on) void step();
}

async function step(): Promise<void> {
  if (!following.get()) return;
  try {
    const { number, link } = await getJson<Slide>("api/presentation");
    if (number !== shown && link) location.hash = link;
    shown = number;
  } catch {
    // the page says itself that the lab does not answer
  }
  setTimeout(() => void step(), EVERY);
}
