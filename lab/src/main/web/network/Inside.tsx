import { useEffect, useMemo, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import { SIGNED, tableOf } from "../maps/colors.js";
import { Note } from "../parts/Note.js";
import { change, openModel, store } from "../state/lab.js";
import { blocksOf } from "./blocks.js";
import { ChannelSheet } from "./ChannelSheet.js";
import { foldEvidence, NO_EVIDENCE } from "./evidence.js";
import { NetworkPicture, type ChannelReference } from "./NetworkPicture.js";
import { Switched } from "./Switched.js";

const MOST_LAYERS = 64;

/** The network as a picture, in which the channels that carry the new class light up, and one channel closely. */
export function Inside({ place, state }: { place: string; state: AttackState }) {
  const model = store.use((whole) => whole.opened[state.model]);
  const wanted = store.use((whole) => whole.document.layer);
  const maps = store.use((whole) => whole.offer.lab.colorMaps);
  const colorMap = store.use((whole) => whole.document.heat.colorMap);
  const [off, setOff] = useState<ChannelReference[]>([]);
  const [chosen, setChosen] = useState<ChannelReference | null>(null);
  useEffect(() => {
    void openModel(state.model, state.labelSet);
    setOff([]);
    setChosen(null);
  }, [state.model, state.labelSet]);
  const blocks = useMemo(() => blocksOf(model?.layers ?? []), [model]);
  const carrying = blocks.filter(({ last }) => last.spatial).slice(-MOST_LAYERS).map(({ id }) => id);
  const evidence = useLive("evidence", place, carrying.length > 0 ? { state, layers: carrying } : null, NO_EVIDENCE, foldEvidence, { delay: 120 });
  const found = maps.find(({ name }) => name === colorMap);
  const table = found ? tableOf(found) : SIGNED;
  const block = blocks.find(({ id }) => id === chosen?.layer);
  const isOff = (one: ChannelReference) => off.some((other) => other.layer === one.layer && other.channel === one.channel);
  const turn = (one: ChannelReference) =>
    setOff(isOff(one) ? off.filter((other) => other.layer !== one.layer || other.channel !== one.channel) : [...off, one]);
  return (
    <>
      {evidence.status === "failed" && <Note strong>{evidence.message}</Note>}
      <div class={evidence.stale ? "stale" : ""}>
        <NetworkPicture
          blocks={blocks}
          evidence={evidence.value}
          table={table}
          off={off}
          chosen={chosen}
          chosenLayer={wanted ?? model?.defaultLayer ?? ""}
          onChannel={setChosen}
          onLayer={(layer) => change({ layer })}
        />
      </div>
      <Switched place={place} state={state} off={off} onClear={() => setOff([])} />
      {chosen && block && (
        <ChannelSheet
          key={`${chosen.layer}/${chosen.channel}`}
          place={place}
          state={state}
          reference={chosen}
          block={block}
          carrier={evidence.value.layers.get(chosen.layer)?.find(({ channel }) => channel === chosen.channel)}
          carried={evidence.value.carried}
          table={table}
          off={isOff(chosen)}
          onSwitch={() => turn(chosen)}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}
