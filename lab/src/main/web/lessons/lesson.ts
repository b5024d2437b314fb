import type { CatalogEntry, UpdateFields } from "../api/types.js";
import type { Document, PanelDocument } from "../state/document.js";

/** What the checks of the steps see: what is set, and what the first panel shows of the answers to it. */
export interface Page {
  document: Document;
  panel: PanelDocument;
  /** The attack that is set, as the catalogue has it. */
  attack: CatalogEntry | undefined;
  update: UpdateFields | null;
  /** Whether the adversarial image fools the other networks, by their ids. */
  transfer: Record<string, boolean>;
}

export interface Step {
  title: string;
  /** What there is to see. */
  text: string;
  /** What to do, and whether the page shows that it was done; nothing where reading is enough. */
  task?: { text: string; done: (page: Page) => boolean };
  /** CSS selectors of the control or picture that the step is about; the first that is on the page counts. */
  at: string[];
}

export interface Lesson {
  title: string;
  what: string;
  /** What the first panel and the heat maps are at the beginning, where it differs from the lab's first page. */
  start: { panel?: Partial<PanelDocument>; methods?: string[] };
  steps: Step[];
}

/** The controls that several lessons point at. */
export const AT = {
  slider: ".panel .slider input[type=range]",
  flip: ".panel button.flip",
  attack: ".panel-fields select",
  norm: ".panel-fields select[id$='-norm']",
  headline: ".panel .headline",
  images: ".panel .stage-place",
  bars: ".panel .bars",
  part: ".panel .part",
  tab: (title: string) => `.panel [role=tab][aria-label='${title}']`,
};
