import type { LayerInfo } from "../api/types.js";

/** A layer with what follows it value by value, such as a convolution with its normalisation and rectifier. */
export interface Block {
  /** The name of its last layer, whose values leave it. */
  id: string;
  /** Its first layer. */
  head: LayerInfo;
  last: LayerInfo;
  inputs: string[];
  weights: number;
  /** Its place in the picture: columns from the image on, rows for branches. */
  column: number;
  row: number;
}

const VALUE_BY_VALUE = new Set(
  (
    "Relu LeakyRelu PRelu Clip Sigmoid HardSigmoid HardSwish Tanh Elu Selu Celu Gelu Erf Softplus Mish ThresholdedRelu " +
    "BatchNormalization InstanceNormalization LayerNormalization LRN Dropout Identity Cast Reshape Flatten Transpose Squeeze Unsqueeze " +
    "Pad Add Sub Mul Div Pow Neg Sqrt"
  ).split(" "),
);

/** The layers of a network as blocks, in the network's order, laid out from left to right. */
export function blocksOf(layers: LayerInfo[]): Block[] {
  const readers = new Map<string, number>();
  layers.forEach(({ inputs }) => inputs.forEach((name) => readers.set(name, (readers.get(name) ?? 0) + 1)));
  const home = new Map<string, Block>();
  const blocks: Block[] = [];
  for (const layer of layers) {
    const homes = new Set(layer.inputs.map((name) => home.get(name)));
    const [only] = homes;
    const follows = homes.size === 1 && only !== undefined && VALUE_BY_VALUE.has(layer.type);
    const whole = layer.inputs.length > 1 || readers.get(layer.inputs[0] ?? "") === 1;
    if (follows && whole && layer.inputs.includes(only.last.name)) {
      only.last = layer;
      only.id = layer.name;
      only.weights += layer.weights;
      home.set(layer.name, only);
    } else {
      const block: Block = { id: layer.name, head: layer, last: layer, inputs: [], weights: layer.weights, column: 0, row: 0 };
      home.set(layer.name, block);
      blocks.push(block);
    }
  }
  for (const block of blocks) {
    block.inputs = [...new Set(block.head.inputs.flatMap((name) => home.get(name)?.id ?? []))];
  }
  return placed(blocks);
}

/** Each block one column behind the farthest of its inputs, in the row of its first input where that is free. */
function placed(blocks: Block[]): Block[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const taken = new Set<string>();
  for (const block of blocks) {
    const inputs = block.inputs.flatMap((id) => byId.get(id) ?? []);
    block.column = Math.max(-1, ...inputs.map(({ column }) => column)) + 1;
    block.row = Math.min(...inputs.map(({ row }) => row), inputs.length > 0 ? Infinity : 0);
    while (taken.has(`${block.column}/${block.row}`)) {
      block.row++;
    }
    taken.add(`${block.column}/${block.row}`);
  }
  return blocks;
}

const TITLES: Record<string, string> = {
  Conv: "convolution",
  ConvTranspose: "transposed convolution",
  Gemm: "linear",
  MatMul: "product",
  MaxPool: "max pooling",
  AveragePool: "mean pooling",
  GlobalAveragePool: "global mean",
  GlobalMaxPool: "global maximum",
  Add: "sum",
  Sum: "sum",
  Concat: "concatenation",
  Softmax: "softmax",
};

export function titleOf({ head }: Block): string {
  return TITLES[head.type] ?? head.type;
}
