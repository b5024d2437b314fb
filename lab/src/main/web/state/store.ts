import { useEffect, useState } from "preact/hooks";

/** A value that components watch; it changes only by replacement. */
export class Store<S> {
  private readonly watchers = new Set<() => void>();

  constructor(private value: S) {}

  get(): S {
    return this.value;
  }

  set(change: (value: S) => S): void {
    const next = change(this.value);
    if (next !== this.value) {
      this.value = next;
      this.watchers.forEach((watcher) => watcher());
    }
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** What a component needs of the value; it is drawn again when that changes. */
  use<T>(select: (value: S) => T): T {
    const [, redraw] = useState(0);
    const selected = select(this.value);
    useEffect(() => {
      let last = select(this.value);
      if (last !== selected) {
        redraw((n) => n + 1);
      }
      return this.watch(() => {
        const now = select(this.value);
        if (now !== last) {
          last = now;
          redraw((n) => n + 1);
        }
      });
    }, []);
    return selected;
  }
}
