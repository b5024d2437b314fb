import { VIEWS, type Document } from "./document.js";

/** The document as the part of an address after the hash. */
export function toFragment(document: Document): string {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const text = btoa(String.fromCharCode(...bytes));
  return `#${document.view}/${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * Reads a link. Fields that it lacks are taken from the fallback, and a link that cannot be read
 * gives the fallback: an address is not an error.
 */
export function fromFragment(fragment: string, fallback: Document): Document {
  const [view = "", text = ""] = fragment.replace(/^#/, "").split("/");
  const shown = VIEWS.find((known) => known === view) ?? fallback.view;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Document>;
    const panels = Array.isArray(read.panels) && read.panels.length > 0 ? read.panels : fallback.panels;
    const pattern = fallback.panels[0];
    return {
      ...fallback,
      ...read,
      view: shown,
      panels: panels.map((panel) => ({ ...pattern, ...panel })),
      heat: { ...fallback.heat, ...read.heat },
    };
  } catch {
    return { ...fallback, view: shown };
  }
}
