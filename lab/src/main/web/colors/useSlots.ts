import { store } from "../state/lab.js";
import { slotsOf } from "./classColors.js";

/** The colour slots of the classes of the present image. */
export function useSlots(): (index: number) => number {
  const model = store.use((state) => state.document.model);
  const image = store.use((state) => state.document.image.id);
  return slotsOf(model, image);
}
