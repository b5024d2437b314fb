import { messageOf, postBytes } from "../api/http.js";
import type { ImageInfo, StudyDetails, Tile } from "../api/types.js";
import { change, notify, store, withImage } from "../state/lab.js";

/** Opens the image of a tile in the attack view, with the network and the attack of the run. */
export async function openLive(study: StudyDetails, tile: Tile, picture: string): Promise<void> {
  try {
    const clean = await (await fetch(picture)).blob();
    const image = await postBytes<ImageInfo>(`api/images?name=${encodeURIComponent(`${tile.image}.png`)}`, clean);
    const { document } = store.get();
    const [panel] = document.panels;
    const attack = study.spec.attacks.find(({ id }) => id === tile.attack);
    if (!panel || !attack) return;
    store.set((state) => ({ ...state, own: withImage(state.own, image) }));
    change({
      view: "attack",
      model: study.model,
      labelSet: study.spec.labelSet,
      image: { id: image.id },
      crop: null,
      panels: [
        {
          ...panel,
          attack: { id: attack.id, parameters: attack.parameters ?? {} },
          norm: study.spec.norm ?? "linf",
          epsilon: tile.epsilon ?? panel.epsilon,
          target: study.spec.target,
          seed: study.spec.seed ?? 0,
          adaptive: true,
          defenses: (study.spec.defenses ?? []).map(({ id, parameters }) => ({ id, parameters: parameters ?? {} })),
          networks: [],
        },
      ],
    });
  } catch (problem) {
    notify(messageOf(problem), true);
  }
}
