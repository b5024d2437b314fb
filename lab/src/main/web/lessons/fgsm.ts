import { AT, type Lesson } from "./lesson.js";

/** A first look at the lab, by its first attack. */
export const fgsm: Lesson = {
  title: "What FGSM does",
  what: "A first look: one step along the sign of the gradient, and the class flips.",
  start: { panel: { epsilon: 0 } },
  steps: [
    {
      title: "A network can be fooled",
      text: "On the left of the panel is an image, on the right the adversarial image, between them the perturbation, amplified: grey is no change. Epsilon is how far every pixel may move. It is zero now: both images are equal, and so are the two predictions.",
      at: [AT.images],
    },
    {
      title: "Move the slider",
      text: "The fast gradient sign method (FGSM) computes the gradient of the loss once and moves every pixel by epsilon, up or down, along the sign of the gradient. No pixel moves further.",
      task: { text: "Move epsilon to the right until the class flips.", done: ({ update, panel }) => panel.epsilon > 0 && update?.success === true },
      at: [AT.slider],
    },
    {
      title: "The sign, or the gradient itself",
      text: "In L∞ the step is the sign of the gradient: all pixels move equally far. In L2 the length of the whole perturbation is bounded, and the step is the gradient itself, scaled: few pixels move far, most hardly at all.",
      task: { text: "Set the norm to L2, and compare the perturbation.", done: ({ update, panel }) => panel.norm === "l2" && update !== null },
      at: [AT.norm],
    },
    {
      title: "Compare the predictions",
      text: "The bars show the leading classes before and after. The class of a bar is the one that the heat maps explain.",
      task: { text: "Pick a class.", done: ({ document }) => document.heat.class !== null },
      at: [AT.bars],
    },
    {
      title: "Compare the heat maps",
      text: "A heat map marks the pixels that contribute to a class according to one method. Compare before and after: do other pixels contribute, or the same ones to another class? Methods disagree; trust none of them alone.",
      at: [AT.part],
    },
    {
      title: "Keep it",
      text: "Everything you set is in the address, this lesson too: copy the link to keep it, or to show it to others.",
      at: [".top-tools"],
    },
  ],
};
