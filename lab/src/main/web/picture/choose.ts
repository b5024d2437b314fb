import { messageOf, postBytes, postJson } from "../api/http.js";
import type { ModelEntry, Picture } from "../api/types.js";
import { bytesText } from "../parts/numbers.js";
import { reach } from "../attack/attackState.js";
import type { PanelDocument } from "../state/document.js";
import { change, changeHeat, notify, store, withPicture } from "../state/lab.js";

/** Takes a picture of a gallery. */
export function choosePicture(picture: Picture): void {
  change({ picture: { id: picture.id }, crop: null });
}

/** Whether a network takes a picture as it is: grey networks take grey pictures. */
export function fits(picture: Picture, model: ModelEntry | undefined): boolean {
  return !model?.input || picture.channels === null || picture.channels === model.input.channels;
}

/** Takes a network, and a picture that suits it where the present one does not. */
export function chooseModel(model: ModelEntry): void {
  const { document, models, samples, folder, own } = store.get();
  const all = [...own, ...samples, ...folder];
  const present = all.find(({ id }) => id === document.picture.id);
  const before = models.find(({ id }) => id === document.model)?.input;
  const scaled = ({ epsilon, norm }: PanelDocument) => {
    const moved = (epsilon / reach(norm, before)) * reach(norm, model.input);
    return norm === "linf" ? Math.round(255 * moved) / 255 : Number(moved.toPrecision(3));
  };
  const suitable = present && fits(present, model) ? present : all.find((picture) => fits(picture, model));
  changeHeat({ class: null, methods: document.heat.methods.map((method) => ({ ...method, parameters: {} })) });
  change({
    model: model.id,
    panels: document.panels.map((panel) => ({ ...panel, target: null, networks: [], epsilon: scaled(panel) })),
    layer: null,
    ...(suitable && suitable !== present ? { picture: { id: suitable.id }, crop: null } : {}),
  });
}

/** Gives the server a picture from the visitor's machine. */
export async function uploadPicture(file: Blob, name: string): Promise<void> {
  const { limits } = store.get().offer.lab;
  if (file.size > limits.uploadBytes) {
    notify(`${name} has ${bytesText(file.size)}; at most ${bytesText(limits.uploadBytes)} are taken.`, true);
    return;
  }
  try {
    takeOwn(await postBytes<Picture>(`api/pictures?name=${encodeURIComponent(name)}`, file));
    notify(`${name} is the picture now.`);
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

/** Takes a drawing, and the network it was made for; it is small enough to travel in the link. */
export async function takeDrawing(model: ModelEntry, side: number, pixels: string): Promise<void> {
  try {
    const picture = await postJson<Picture>("api/drawings", { width: side, height: side, channels: 1, pixels });
    if (store.get().document.model !== model.id) {
      chooseModel(model);
    }
    takeOwn(picture, { side, pixels });
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}

function takeOwn(picture: Picture, drawing?: { side: number; pixels: string }): void {
  store.set((state) => ({
    ...state,
    own: withPicture(state.own, picture),
    document: { ...state.document, picture: { id: picture.id, ...(drawing ? { drawing } : {}) }, crop: null },
  }));
}
