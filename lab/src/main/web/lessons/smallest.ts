import { AT, type Lesson } from "./lesson.js";

export const smallest: Lesson = {
  title: "The smallest epsilon",
  what: "How near is the decision boundary? Every attack gives an upper bound, and they differ.",
  start: { panel: { epsilon: 0 } },
  steps: [
    {
      title: "Where FGSM flips the class",
      text: "The colours under the slider are the classes that win on its way; their first border is the smallest epsilon found. Read its size beside the slider.",
      task: { text: "Press “flips at”, or move the slider there.", done: ({ panel, update }) => panel.epsilon > 0 && update?.success === true },
      at: [AT.flip, AT.slider],
    },
    {
      title: "A better attack",
      text: "That FGSM needs this much does not mean that nothing smaller does. An attack shows that adversarial images exist; it cannot show that there are none.",
      task: { text: "Choose the attack PGD, and find an epsilon at which it flips the class. Is it smaller?", done: ({ panel, update }) => panel.attack.id === "pgd" && update?.success === true },
      at: [AT.attack],
    },
    {
      title: "An attack that searches for the smallest",
      text: "A minimum-norm attack has no epsilon to set: it looks for the nearest image of another class. DeepFool treats the network as linear, steps onto the nearest boundary, and repeats.",
      task: { text: "Choose the attack DeepFool. Compare its distance with the two before.", done: ({ panel, update }) => panel.attack.id === "deep-fool" && update?.success === true },
      at: [AT.attack],
    },
    {
      title: "The smallest in which norm?",
      text: "In L∞ the largest change of a pixel counts, in L2 the length of all changes. What is near in one norm need not be near in the other, and their numbers must not be compared.",
      task: { text: "Set the norm to L2.", done: ({ panel, attack, update }) => panel.norm === "l2" && attack?.kind === "minimal-attack" && update?.success === true },
      at: [AT.norm],
    },
    {
      title: "Upper bounds and lower bounds",
      text: "All these numbers are upper bounds of the distance to the boundary. A certificate is a lower bound: a radius within which no image of another class exists. The truth lies between.",
      at: [AT.headline],
    },
  ],
};
