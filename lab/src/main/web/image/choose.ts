import { messageOf, postBytes, postJson } from "../api/http.js";
import type { ImageInfo, ModelSummary } from "../api/types.js";
import { bytesText } from "../parts/numbers.js";
import { epsilons } from "../attack/attackState.js";
import type { PanelDocument } from "../state/document.js";
import { change, changeHeat, notify, store, withImage } from "../state/lab.js";

/** Takes an image of a gallery. */
export function chooseImage(image: ImageInfo): void {
  change({ image: { id: image.id }, crop: null });
}

/** Whether a network takes an image as it is: grey networks take grey images. */
export function fits(image: ImageInfo, model: ModelSummary | undefined): boolean {
  return !model?.input || image.channels === null || image.channels === model.input.channels;
}

/** Takes a network, and an image that suits it where the present one does not. */
export function chooseModel(model: ModelSummary): void {
  const { document, models, samples, folder, own } = store.get();
  const all = [...own, ...samples, ...folder];
  const present = all.find(({ id }) => id === document.image.id);
  const before = models.find(({ id }) => id === document.model);
  const scaled = ({ epsilon, norm }: PanelDocument) => {
    const moved = (epsilon / epsilons(norm, before).largest) * epsilons(norm, model).largest;
    return norm === "linf" ? Math.round(255 * moved) / 255 : Number(moved.toPrecision(3));
  };
  const suitable = present && fits(present, model) ? present : all.find((image) => fits(image, model));
  changeHeat({ class: null, methods: document.heat.methods.map((method) => ({ ...method, parameters: {} })) });
  change({
    model: model.id,
    labelSet: null,
    panels: document.panels.map((panel) => ({ ...panel, target: null, networks: [], epsilon: scaled(panel) })),
    layer: null,
    ...(suitable && suitable !== present ? { image: { id: suitable.id }, crop: null } : {}),
  });
}

/** Decides on these independent labels of the present network; classes are others then. */
export function chooseLabels(labelSet: number[]): void {
  const { document } = store.get();
  changeHeat({ class: null });
  change({ labelSet, panels: document.panels.map((panel) => ({ ...panel, target: null })) });
}

/** Gives the server an image from the user's machine. */
export async function uploadImage(file: Blob, name: string): Promise<void> {
  const { limits } = store.get().offer.lab;
  if (file.size > limits.uploadBytes) {
    notify(`${name} has ${bytesText(file.size)}; at most ${bytesText(limits.uploadBytes)} are taken.`, true);
    return;
  }
  try {
    takeOwn(await postBytes<ImageInfo>(`api/images?name=${encodeURIComponent(name)}`, file));
    notify(`${name} is the image now.`);
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

/** Takes a drawing, and the network it was made for; it is small enough to travel in the link. */
export async function takeDrawing(model: ModelSummary, side: number, pixels: string): Promise<void> {
  try {
    const image = await postJson<ImageInfo>("api/drawings", { width: side, height: side, channels: 1, pixels });
    if (store.get().document.model !== model.id) {
      chooseModel(model);
    }
    takeOwn(image, { side, pixels });
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

function takeOwn(image: ImageInfo, drawing?: { side: number; pixels: string }): void {
  store.set((state) => ({
    ...state,
    own: withImage(state.own, image),
    document: { ...state.document, image: { id: image.id, ...(drawing ? { drawing } : {}) }, crop: null },
  }));
}
