import { AT, type Lesson, type Page } from "./lesson.js";

const fooled = ({ transfer }: Page) => Object.values(transfer).some((flipped) => flipped);

export const transfer: Lesson = {
  title: "Transfer to another network",
  what: "An image made for one network fools others that had no part in it.",
  start: {},
  steps: [
    {
      title: "Other networks",
      text: "The adversarial image was computed from the gradient of one network. An attacker often has another one than the network that is attacked: does the image fool it too?",
      task: { text: "Open the part “Other networks”.", done: ({ panel }) => panel.part === "transfer" },
      at: [AT.tab("Other networks")],
    },
    {
      title: "Show it to another network",
      text: "The other network sees the same pixels. Its gradient is not used.",
      task: { text: "Choose a network.", done: ({ transfer: answers }) => Object.keys(answers).length > 0 },
      at: [".panel .ticks", AT.tab("Other networks")],
    },
    {
      title: "As far as it takes",
      text: "To fool a network whose gradient is not known, the perturbation usually has to be larger than for the network it was made for.",
      task: { text: "Move epsilon until another network is fooled too.", done: fooled },
      at: [AT.slider],
    },
    {
      title: "More steps, less transfer?",
      text: "Many steps fit the one network more and more closely, which need not help with others. Momentum (MI-FGSM) keeps the direction that the steps have in common, and was proposed because its images transfer better.",
      task: { text: "Choose the attack MI-FGSM, and find an epsilon at which another network is fooled. Is it smaller?", done: (page) => page.panel.attack.id === "mi-fgsm" && fooled(page) },
      at: [AT.attack],
    },
  ],
};
