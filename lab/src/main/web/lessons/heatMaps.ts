import { AT, type Lesson } from "./lesson.js";

export const heatMaps: Lesson = {
  title: "Does the heat map tell the truth?",
  what: "Three checks of an explanation: another method, another class, and cause.",
  start: { methods: ["grad-cam"], panel: { epsilon: 0 } },
  steps: [
    {
      title: "Another method",
      text: "Grad-CAM weighs the channels of the last convolution by the gradient of the class. Guided backpropagation goes back to the pixels and lets only positive values pass. Both are called explanations of the same prediction.",
      task: { text: "Add the method “Guided backpropagation”. Do the two maps mark the same pixels?", done: ({ document }) => document.heat.methods.some(({ id }) => id === "guided-backpropagation") },
      at: [".heat-tools .roomy select", AT.tab("Heat maps")],
    },
    {
      title: "Another class",
      text: "A map that explains a class should change with the class. One that stays nearly the same shows what is in the image, edges for example, rather than why the network decides.",
      task: {
        text: "Explain a class that the network does not predict. Which of the maps changes?",
        done: ({ document, update }) => document.heat.class !== null && update !== null && document.heat.class !== update.before.index,
      },
      at: [".heat-tools input, .heat-tools select", AT.tab("Heat maps")],
    },
    {
      title: "Another prediction",
      text: "Under attack the prediction changes while the image hardly does. Compare the map before and after, and the similarities below: a map that stays the same does not tell the two decisions from each other.",
      task: { text: "Move epsilon until the class flips.", done: ({ panel, update }) => panel.epsilon > 0 && update?.success === true },
      at: [AT.slider],
    },
    {
      title: "Cause",
      text: "A map shows what goes along with a decision. To see what causes it, change something: the part “Network” shows the channels that carry the new class, and each can be turned off.",
      task: { text: "Open the part “Network”.", done: ({ panel }) => panel.part === "network" },
      at: [AT.tab("Network")],
    },
    {
      title: "Turn a channel off",
      text: "Click one of the channels and turn it off. Does the attack still work without it? If so, the channel was not needed, however brightly it lights up. A heat map is a hypothesis; this is a test of it.",
      at: [".panel .part .carrier", AT.part],
    },
  ],
};
