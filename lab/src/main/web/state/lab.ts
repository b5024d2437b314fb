import { getJson, messageOf, postJson } from "../api/http.js";
import type { CatalogEntry, ImageInfo, LabInfo, ModelDetails, ModelSummary, Paper } from "../api/types.js";
import { firstDocument, newPanel, type Document, type HeatDocument, type PanelDocument, type View } from "./document.js";
import { followAddress } from "./address.js";
import { fromFragment } from "./permalink.js";
import { Store } from "./store.js";

/** What the server offers, read once at the start. */
export interface Offer {
  lab: LabInfo;
  catalog: CatalogEntry[];
}

/** A network in full, and the label set that it was asked for with. */
export interface OpenedModel extends ModelDetails {
  asked: string;
}

export interface State {
  offer: Offer;
  document: Document;
  /** The bibliography, which is read when a paper is first named. */
  papers: Record<string, Paper> | null;
  models: ModelSummary[];
  problems: string[];
  opened: Record<string, OpenedModel>;
  samples: ImageInfo[];
  folder: ImageInfo[];
  own: ImageInfo[];
  connected: boolean;
  /** Parts of the link that this lab does not know; nothing is shown before the user has read them. */
  unknown: string[];
  notice: { text: string; strong: boolean } | null;
}

export let store: Store<State>;

export async function load(): Promise<void> {
  const [lab, catalog, models, images] = await Promise.all([
    getJson<LabInfo>("api/lab"),
    getJson<CatalogEntry[]>("api/catalog"),
    getJson<{ models: ModelSummary[]; problems: string[] }>("api/models"),
    getJson<{ samples: ImageInfo[]; folder: ImageInfo[] }>("api/images"),
  ]);
  const { document, unknown } = fromFragment(location.hash, firstDocument(lab), { lab, catalog, models: models.models });
  store = new Store<State>({
    offer: { lab, catalog },
    papers: null,
    document,
    ...models,
    opened: {},
    ...images,
    own: [],
    connected: true,
    unknown,
    notice: null,
  });
  await bringImage();
  followAddress(store.get().document, () => void bringImage());
}

/** Reads the address, where the user went back or forth or changed it by hand. */
export function readAddress(): void {
  store.set((state) => {
    const { lab, catalog } = state.offer;
    const { document, unknown } = fromFragment(location.hash, state.document, { lab, catalog, models: state.models });
    return { ...state, document, unknown };
  });
}

/** Gives the server the drawing of a link again, and learns the name of an image that is not in a gallery. */
async function bringImage(): Promise<void> {
  const { document, samples, folder, offer } = store.get();
  const { id, drawing } = document.image;
  if ([...samples, ...folder].some((known) => known.id === id)) {
    return;
  }
  try {
    const image = drawing
      ? await postJson<ImageInfo>("api/drawings", { width: drawing.side, height: drawing.side, channels: 1, pixels: drawing.pixels })
      : await getJson<ImageInfo>(`api/images/${encodeURIComponent(id)}`);
    store.set((state) => ({
      ...state,
      own: withImage(state.own, image),
      document: { ...state.document, image: { ...state.document.image, id: image.id } },
    }));
  } catch (problem) {
    store.set((state) => ({
      ...state,
      document: { ...state.document, image: { id: offer.lab.defaults.image }, model: offer.lab.defaults.model, crop: null },
      notice: { text: `The image of this link is not here: ${messageOf(problem)}`, strong: true },
    }));
  }
}

export function withImage(images: ImageInfo[], image: ImageInfo): ImageInfo[] {
  return [image, ...images.filter((other) => other.id !== image.id)].slice(0, 24);
}

export function change(part: Partial<Document>): void {
  store.set((state) => ({ ...state, document: { ...state.document, ...part } }));
}

export function changePanel(id: string, part: Partial<PanelDocument>): void {
  change({ panels: store.get().document.panels.map((panel) => (panel.id === id ? { ...panel, ...part } : panel)) });
}

export function changeHeat(part: Partial<HeatDocument>): void {
  change({ heat: { ...store.get().document.heat, ...part } });
}

export function addPanel(): void {
  const { panels } = store.get().document;
  const last = panels[panels.length - 1];
  const id = String(Math.max(0, ...panels.map((panel) => Number(panel.id) || 0)) + 1);
  const { defaults } = store.get().offer.lab;
  const fresh = last ? { ...structuredClone(last), id } : newPanel(id, defaults.attack, defaults.norm, defaults.epsilon);
  change({ panels: [...panels, fresh] });
}

export function removePanel(id: string): void {
  change({ panels: store.get().document.panels.filter((panel) => panel.id !== id) });
}

export function show(view: View): void {
  change({ view });
}

export function notify(text: string, strong = false): void {
  store.set((state) => ({ ...state, notice: { text, strong } }));
}

/** Opens a network, with a choice of its independent labels where it has any. */
export async function openModel(id: string, labelSet: number[] | null): Promise<void> {
  const asked = (labelSet ?? []).map((label) => `label=${label}`).join("&");
  if (store.get().opened[id]?.asked === asked) {
    return;
  }
  try {
    const model = await getJson<ModelDetails>(`api/models/${encodeURIComponent(id)}${asked && `?${asked}`}`);
    store.set((state) => ({ ...state, opened: { ...state.opened, [id]: { ...model, asked } } }));
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

export async function readPapers(): Promise<void> {
  if (store.get().papers) {
    return;
  }
  try {
    const papers = await getJson<Record<string, Paper>>("api/bibliography");
    store.set((state) => ({ ...state, papers }));
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

export async function refreshModels(): Promise<void> {
  const models = await getJson<{ models: ModelSummary[]; problems: string[] }>("api/models");
  store.set((state) => ({ ...state, ...models }));
}
