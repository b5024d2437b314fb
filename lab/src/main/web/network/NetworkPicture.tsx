import { useMemo } from "preact/hooks";
import { styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { paint, rangeOf, type Table } from "../maps/colors.js";
import { short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { titleOf, type Block } from "./blocks.js";
import { light, type Carrier, type Evidence, type Passage } from "./evidence.js";

/** A channel of a layer, as it is chosen or turned off. */
export interface ChannelReference {
  layer: string;
  channel: number;
}

const WIDTH = 172;
const HEIGHT = 148;
const ACROSS = 240;
const DOWN = 196;
const MARGIN = 40;
const MAP = 34;
const MAP_PITCH = 40;
const MAP_LEFT = 8;
const MAP_TOP = 104;
const FAINT = 0.08;
/** How far a wire goes on before it bends. */
const BEND = 34;
/** Wires above blocks lie so far apart, by the columns that they pass. */
const LANE = 6;
const LANES = 4;

/** The network from left to right, and in each layer the channels that carry the new class. */
export function NetworkPicture({ blocks, evidence, table, off, chosen, chosenLayer, onChannel, onLayer }: {
  blocks: Block[];
  evidence: Evidence;
  table: Table;
  off: ChannelReference[];
  chosen: ChannelReference | null;
  chosenLayer: string;
  onChannel: (channel: ChannelReference) => void;
  onLayer: (layer: string) => void;
}) {
  const slot = useSlots();
  const carried = evidence.carried ? styleOf(slot(evidence.carried.index)) : "";
  const width = MARGIN + ACROSS * (1 + Math.max(0, ...blocks.map(({ column }) => column)));
  const height = 1.5 * MARGIN + DOWN * (1 + Math.max(0, ...blocks.map(({ row }) => row)));
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const taken = new Set(blocks.map(({ column, row }) => placeOf(column, row)));
  return (
    <div class={`network ${carried}`} tabIndex={0} role="region" aria-label="The network, from the image to the classes">
      <div class="network-plan" style={{ width: `${width}px`, height: `${height}px` }}>
        <svg width={width} height={height} aria-hidden="true">
          {blocks.flatMap((block) =>
            block.inputs.map((input) => {
              const from = byId.get(input);
              return from && <path key={`${input}>${block.id}`} class="network-edge" d={wire(from, block, taken)} />;
            }),
          )}
          <Passages passages={evidence.passages} evidence={evidence} byId={byId} />
        </svg>
        {blocks.map((block) => (
          <BlockBox
            key={block.id}
            block={block}
            carriers={evidence.layers.get(block.id) ?? []}
            table={table}
            off={off}
            chosen={chosen}
            present={block.id === chosenLayer || block.head.name === chosenLayer}
            onChannel={onChannel}
            onLayer={onLayer}
          />
        ))}
      </div>
    </div>
  );
}

function BlockBox({ block, carriers, table, off, chosen, present, onChannel, onLayer }: {
  block: Block;
  carriers: Carrier[];
  table: Table;
  off: ChannelReference[];
  chosen: ChannelReference | null;
  present: boolean;
  onChannel: (channel: ChannelReference) => void;
  onLayer: (layer: string) => void;
}) {
  const scale = useMemo(() => rangeOf(carriers.flatMap(({ cleanMap, adversarialMap }) => [cleanMap, adversarialMap])), [carriers]);
  const is = (one: ChannelReference | null, channel: number) => one?.layer === block.id && one.channel === channel;
  return (
    <section class={`block${present ? " present" : ""}`} style={{ left: `${left(block)}px`, top: `${top(block)}px` }} aria-label={`${titleOf(block)} ${block.id}`}>
      <button type="button" class="block-head" title={`Show all channels of ${block.id}`} onClick={() => onLayer(block.id)}>
        <strong>{titleOf(block)}</strong>
        <span class="muted number">{block.last.shape.join(" × ")}</span>
        <span class="muted">{block.weights > 0 ? `${counted(block.weights)} weights` : " "}</span>
      </button>
      <div class="block-maps">
        {carriers.map((carrier) => (
          <button
            key={carrier.channel}
            type="button"
            class={`carrier${off.some((one) => is(one, carrier.channel)) ? " off" : ""}`}
            aria-pressed={is(chosen, carrier.channel)}
            aria-label={`Channel ${carrier.channel} of ${block.id}${off.some((one) => is(one, carrier.channel)) ? ", turned off" : ""}`}
            title={`channel ${carrier.channel}: evidence ${short(carrier.clean)} before, ${short(carrier.adversarial)} after`}
            style={{ "--light": String(light(carrier, carriers)) } as never}
            onClick={() => onChannel({ layer: block.id, channel: carrier.channel })}
          >
            <PixelCanvas image={paint(carrier.adversarialMap, table, scale)} label="" />
          </button>
        ))}
      </div>
    </section>
  );
}

/** What passes between the channels, as wide as it grew under the attack. */
function Passages({ passages, evidence, byId }: { passages: Passage[]; evidence: Evidence; byId: Map<string, Block> }) {
  const growth = ({ clean, adversarial }: Passage) => Math.max(0, adversarial - clean);
  const most = new Map<string, number>();
  passages.forEach((passage) => most.set(passage.toLayer, Math.max(most.get(passage.toLayer) ?? 0, growth(passage))));
  return (
    <>
      {passages.map((passage) => {
        const share = growth(passage) / (most.get(passage.toLayer) || 1);
        const from = byId.get(passage.fromLayer);
        const to = byId.get(passage.toLayer);
        const fromPlace = evidence.layers.get(passage.fromLayer)?.findIndex(({ channel }) => channel === passage.from) ?? -1;
        const toPlace = evidence.layers.get(passage.toLayer)?.findIndex(({ channel }) => channel === passage.to) ?? -1;
        if (!from || !to || fromPlace < 0 || toPlace < 0 || share < FAINT) {
          return null;
        }
        const x1 = left(from) + MAP_LEFT + fromPlace * MAP_PITCH + MAP / 2;
        const x2 = left(to) + MAP_LEFT + toPlace * MAP_PITCH + MAP / 2;
        const y1 = top(from) + MAP_TOP + MAP;
        const y2 = top(to) + MAP_TOP + MAP;
        const below = Math.max(y1, y2) + 14 + 22 * Math.min(3, to.column - from.column);
        return (
          <path
            key={`${passage.fromLayer}/${passage.from}>${passage.toLayer}/${passage.to}`}
            class="passage"
            stroke-width={0.5 + 3.5 * share}
            opacity={0.2 + 0.7 * share}
            d={`M${x1} ${y1}C${x1} ${below} ${x2} ${below} ${x2} ${y2}`}
          />
        );
      })}
    </>
  );
}

function left({ column }: Block): number {
  return MARGIN / 2 + column * ACROSS;
}

function top({ row }: Block): number {
  return MARGIN + row * DOWN;
}

/**
 * From the right side of one block to the left side of another. A wire over several columns runs along the row of
 * either block where no other block stands in it; else above them, the farther the higher.
 */
export function wire(from: Block, to: Block, taken: ReadonlySet<string>): string {
  const x1 = left(from) + WIDTH;
  const x2 = left(to);
  const y1 = top(from) + HEIGHT / 3;
  const y2 = top(to) + HEIGHT / 3;
  const over = to.column - from.column;
  const isFree = (row: number) => Array.from({ length: over - 1 }, (_, at) => from.column + 1 + at).every((column) => !taken.has(placeOf(column, row)));
  if (over <= 1) {
    return `M${x1} ${y1}C${x1 + BEND} ${y1} ${x2 - BEND} ${y2} ${x2} ${y2}`;
  }
  if (isFree(from.row)) {
    const turn = x2 - (ACROSS - WIDTH);
    return `M${x1} ${y1}H${turn}C${turn + BEND} ${y1} ${x2 - BEND} ${y2} ${x2} ${y2}`;
  }
  if (isFree(to.row)) {
    const turn = x1 + (ACROSS - WIDTH);
    return `M${x1} ${y1}C${x1 + BEND} ${y1} ${turn - BEND} ${y2} ${turn} ${y2}H${x2}`;
  }
  const above = Math.min(top(from), top(to)) - 8 - LANE * Math.min(LANES, over - 2);
  return `M${x1} ${y1}C${x1 + BEND} ${y1} ${x1 + BEND / 2} ${above} ${x1 + ACROSS - WIDTH} ${above}L${x2 - ACROSS + WIDTH} ${above}C${x2 - BEND / 2} ${above} ${x2 - BEND} ${y2} ${x2} ${y2}`;
}

/** A place in the picture, as wires go around it. */
export function placeOf(column: number, row: number): string {
  return `${column}/${row}`;
}

function counted(weights: number): string {
  return weights >= 1e6 ? `${(weights / 1e6).toFixed(1)} M` : weights >= 1e4 ? `${Math.round(weights / 1e3)} k` : String(weights);
}
