import { useId } from "preact/hooks";
import type { Frame } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { LayerInfo } from "../api/types.js";
import { Choice } from "../parts/Choice.js";
import { Note } from "../parts/Note.js";
import { shapeText } from "../parts/numbers.js";
import { change, store } from "../state/lab.js";
import { ChannelGrid, type Activations, type Channel } from "./ChannelGrid.js";

const MOST = 32;
const NO_ACTIVATIONS: Activations | null = null;

function foldActivations(_: Activations | null, frame: Frame): Activations | null {
  const clean = frame.numbers("clean");
  const adversarial = frame.numbers("adversarial");
  if (!clean || !adversarial) {
    return null;
  }
  return {
    shape: frame.header.shape as number[],
    channels: frame.header.channels as Channel[],
    total: Number(frame.header.total),
    from: Number(frame.header.min),
    to: Number(frame.header.max),
    clean,
    adversarial,
  };
}

/** The activations of one layer, channel by channel, for both images. */
export function AllChannels({ state, layers, layer }: { state: AttackState; layers: LayerInfo[]; layer: string }) {
  const id = useId();
  const order = store.use((whole) => whole.document.order);
  const activations = useLive("activations", "layers", { state, layer, order, offset: 0, limit: MOST }, NO_ACTIVATIONS, foldActivations, { delay: 100 });
  const shape = layers.find(({ name }) => name === layer);
  return (
    <section class="card section" aria-label="Activations">
      <div class="row apart">
        <div class="field narrow-field">
          <label for={id}>Layer</label>
          <select id={id} class="select" value={layer} onChange={(event) => change({ layer: event.currentTarget.value })}>
            {layers.map(({ name, type }) => (
              <option key={name} value={name}>{`${name} (${type})`}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <span class="label">Order</span>
          <Choice
            label="Order"
            name={`${id}-order`}
            value={order}
            options={[["changed", "most changed"], ["strongest", "strongest"], ["index", "by number"]]}
            onPick={(now) => change({ order: now })}
          />
        </div>
      </div>
      <p class="small muted" role="status">
        {activations.status === "running" ? "Looking …" : shape ? `${shape.type}, ${shapeText(shape.shape)}${activations.value && activations.value.total > MOST ? `; ${MOST} of ${activations.value.total} channels` : ""}` : ""}
      </p>
      {activations.status === "failed" && <Note strong>{activations.message}</Note>}
      {activations.value && (
        <div class={activations.stale ? "stale" : ""}>
          <ChannelGrid activations={activations.value} layer={layer} />
        </div>
      )}
    </section>
  );
}
