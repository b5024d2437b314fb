import { checked, type Known } from "./checked.js";
import { VIEWS, type Document } from "./document.js";

/** The document as the part of an address after the hash. */
export function toFragment(document: Document): string {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const text = btoa(String.fromCharCode(...bytes));
  return `#${document.view}/${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** A document read off a link, and the parts of the link that this lab does not know. */
export interface Read {
  document: Document;
  unknown: string[];
}

/** Reads a link; what it does not say is as in the fallback. */
export function fromFragment(fragment: string, fallback: Document, known: Known): Read {
  const [view = "", text = ""] = fragment.replace(/^#/, "").split("/");
  const shown = VIEWS.find((name) => name === view) ?? fallback.view;
  const strange = view !== "" && view !== shown ? [`the view “${view.slice(0, 60)}”`] : [];
  if (text === "") {
    return { document: { ...fallback, view: shown }, unknown: strange };
  }
  const { document, unknown } = checked(parsed(text), { ...fallback, view: shown }, known);
  return { document, unknown: [...strange, ...unknown] };
}

function parsed(text: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
