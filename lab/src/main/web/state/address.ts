import type { Document } from "./document.js";
import { readAddress, store } from "./lab.js";
import { toFragment } from "./permalink.js";

/** Browsers allow few changes of an address per second, so that a moving slider is written when it rests. */
const REST = 200;

let written = "";
let last: Document;
let reading = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Keeps the address and the document the same. Another view, network, image or lesson is a step that the
 * browser's Back undoes; everything else changes the present step.
 */
export function followAddress(first: Document, onRead: () => void): void {
  last = first;
  replace(first);
  store.watch(() => write(store.get().document));
  const read = () => {
    if (location.hash !== written) {
      clearTimeout(timer);
      written = location.hash;
      reading = true;
      readAddress();
      reading = false;
      last = store.get().document;
      replace(last);
      onRead();
    }
  };
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
}

function write(document: Document): void {
  if (reading || document === last) {
    return;
  }
  clearTimeout(timer);
  if (placeOf(document) === placeOf(last)) {
    timer = setTimeout(() => replace(document), REST);
  } else {
    replace(last);
    written = toFragment(document);
    history.pushState(null, "", written);
  }
  last = document;
}

function replace(document: Document): void {
  const fragment = toFragment(document);
  if (fragment !== written) {
    written = fragment;
    history.replaceState(null, "", fragment);
  }
}

/** A drawing's id is made of what is drawn, which the link holds, so that the drawing is its place. */
function placeOf({ view, model, image, lessons }: Document): string {
  return JSON.stringify([view, model, image.drawing?.pixels ?? image.id, lessons.open]);
}
