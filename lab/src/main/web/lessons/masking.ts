import { AT, type Lesson } from "./lesson.js";

export const masking: Lesson = {
  title: "Gradient masking",
  what: "A defence that only seems to work.",
  start: { panel: { epsilon: 0.5 / 255, part: "defence" } },
  steps: [
    {
      title: "A fooled network",
      text: "FGSM with an epsilon of half a grey level is enough to fool the network on this image. A defence is to prevent it.",
      at: [AT.headline],
    },
    {
      title: "Rounding as a defence",
      text: "Reduced bit depth rounds every pixel to few levels before the network sees it, and small perturbations may be rounded away. Its derivative is zero almost everywhere: a gradient through it is of no use to an attack that does not know how to go around it. The gradient is masked.",
      task: { text: "Put “Reduced bit depth” in front of the network.", done: ({ panel, update }) => panel.defenses.some(({ id }) => id === "bit-depth") && Boolean(update?.defended) },
      at: [".panel .part select", AT.tab("Defence")],
    },
    {
      title: "It seems to work",
      text: "Everything is of the network behind the defence now. A table with one attack of one step at a very small epsilon would call the defence a success.",
      task: { text: "Find an epsilon at which the network behind the defence is not fooled.", done: ({ panel, update }) => panel.defenses.length > 0 && update?.success === false },
      at: [AT.slider],
    },
    {
      title: "A stronger attack",
      text: "Projected gradient descent (PGD) takes many small steps instead of one. Like FGSM here, it replaces the useless derivative of the rounding by one (backward pass differentiable approximation, BPDA).",
      task: { text: "Choose the attack PGD, and move epsilon until the network is fooled behind the defence.", done: ({ panel, update }) => panel.attack.id === "pgd" && panel.defenses.length > 0 && update?.success === true },
      at: [AT.attack],
    },
    {
      title: "What was masked, and what was not",
      text: "The images on the other side of the decision boundary were there all along; only the way to them was hidden. So judge a defence by attacks made against it, by more steps, larger epsilons and attacks without gradients. Adversarial training is a different matter: it moves the boundary itself.",
      at: [AT.part],
    },
  ],
};
