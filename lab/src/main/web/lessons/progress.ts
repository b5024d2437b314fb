import { algorithm, firstDocument, type LessonName } from "../state/document.js";
import { change, store } from "../state/lab.js";
import { lessons } from "./lessons.js";

/** Opens a lesson at its first step; the attack and the heat maps are set as it begins. Back undoes it. */
export function begin(name: LessonName): void {
  const { document, offer } = store.get();
  const { start } = lessons[name];
  const first = firstDocument(offer.lab);
  change({
    ...first,
    panels: first.panels.map((panel) => ({ ...panel, ...start.panel })),
    heat: { ...first.heat, methods: start.methods?.map(algorithm) ?? first.heat.methods },
    lessons: { open: name, done: { ...document.lessons.done, [name]: 0 } },
  });
}

/** Opens a lesson where it was left; what is set stays. */
export function resume(name: LessonName): void {
  const { done } = store.get().document.lessons;
  change({ view: "attack", lessons: { open: name, done } });
}

export function leave(): void {
  const { done } = store.get().document.lessons;
  change({ lessons: { open: null, done } });
}

/** Sets how many steps of a lesson are done; after the last one the lesson closes. */
export function reach(name: LessonName, steps: number): void {
  const { done } = store.get().document.lessons;
  change({ lessons: { open: steps < lessons[name].steps.length ? name : null, done: { ...done, [name]: steps } } });
}
