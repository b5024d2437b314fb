import { algorithm } from "../state/document.js";
import { AT, type Lesson } from "./lesson.js";

const KNOWS = ".panel .part .knows-defence";

export const masking: Lesson = {
  title: "Gradient masking",
  what: "A defence that only seems to work.",
  start: { panel: { attack: algorithm("pgd"), epsilon: 4 / 255, part: "defence" } },
  steps: [
    {
      title: "A fooled network",
      text: "Projected gradient descent (PGD) with an epsilon of four grey levels fools the network on this image with high confidence. A defence is to prevent it.",
      at: [AT.headline],
    },
    {
      title: "Rounding as a defence",
      text: "Reduced bit depth rounds every pixel to few levels before the network sees it: with 2 bits to four levels, 85 grey levels apart. The derivative of rounding is zero almost everywhere. The gradient is masked: an attack that follows it through the defence does not move at all.",
      task: {
        text: "Put “Reduced bit depth” in front of the network, and set its bits to 2.",
        done: ({ panel, update }) => panel.defenses.some(({ id, parameters }) => id === "bit-depth" && parameters["bits"] === "2") && Boolean(update?.defended),
      },
      at: [".panel .part .defence input", ".panel .part select", AT.tab("Defence")],
    },
    {
      title: "It seems to work",
      text: "An attack that does not know the defence takes the gradient of the network alone (a non-adaptive attack). What it makes fools the network without the defence; the rounding throws nearly all of it away. A table with this attack alone would call the defence a success.",
      task: {
        text: "Take the knowledge away: untick “The attack knows the defence”. Move epsilon: up to 8/255 the network behind the defence is not fooled.",
        done: ({ panel, update }) => panel.defenses.length > 0 && !panel.adaptive && update?.defended?.adaptive === false && update.defended.success && !update.success,
      },
      at: [KNOWS, AT.tab("Defence")],
    },
    {
      title: "The same attack, made against the defence",
      text: "An adaptive attack is made against the network behind the defence. Where the derivative is of no use it is replaced: forward the image is rounded, backward the gradient passes as if it were not (backward pass differentiable approximation, BPDA). It finds the pixels that a small step carries over to another level.",
      task: {
        text: "Give the knowledge back. The same PGD with the same epsilon fools the network behind the defence.",
        done: ({ panel, update }) => panel.defenses.length > 0 && panel.adaptive && update?.defended?.adaptive === true && update.success,
      },
      at: [KNOWS, AT.tab("Defence")],
    },
    {
      title: "What was masked, and what was not",
      text: "The images on the other side of the decision boundary were there all along; only the way to them was hidden. So judge a defence by attacks made against it, by more steps, larger epsilons and attacks without gradients. Adversarial training is a different matter: it moves the boundary itself.",
      at: [AT.part],
    },
  ],
};
