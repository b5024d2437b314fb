import { useEffect } from "preact/hooks";

const MARK = "data-lesson-mark";

/** The first of the places that is on the page. */
export function find(places: string[]): HTMLElement | null {
  for (const place of places) {
    const found = document.querySelector<HTMLElement>(place);
    if (found) return found;
  }
  return null;
}

/** Frames what a step is about, also where that comes later or is drawn anew. */
export function useMark(places: string[]): void {
  useEffect(() => {
    let marked: HTMLElement | null = null;
    const mark = () => {
      const found = find(places);
      if (found === marked) return;
      marked?.removeAttribute(MARK);
      found?.setAttribute(MARK, "");
      marked = found;
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      marked?.removeAttribute(MARK);
    };
  }, [places]);
}
