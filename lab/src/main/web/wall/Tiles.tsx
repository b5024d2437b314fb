import { useId, useState } from "preact/hooks";
import type { StudyDetails, Tile } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { percent, short } from "../parts/numbers.js";
import { measuresOf } from "./measures.js";
import { openLive } from "./openLive.js";
import { pictureOf, TilePair } from "./TilePair.js";

const AT_ONCE = 60;

/** The wall itself: every image before and after, sorted and filtered. */
export function Tiles({ study, tiles, method }: { study: StudyDetails; tiles: Tile[]; method: string | null }) {
  const id = useId();
  const [outcome, setOutcome] = useState("all");
  const [wanted, setWanted] = useState("");
  const [order, setOrder] = useState("");
  const [falling, setFalling] = useState(true);
  const [most, setMost] = useState(AT_ONCE);
  const measures = measuresOf(tiles);
  const measure = measures.find((known) => known.id === order);
  const text = wanted.trim().toLowerCase();
  const matching = tiles.filter(
    ({ success, image, label, before, after }) =>
      (outcome === "all" || success === (outcome === "fooled")) && `${image} ${label} ${before} ${after}`.toLowerCase().includes(text),
  );
  const value = (tile: Tile) => measure?.of(tile) ?? -Infinity;
  const sorted = measure ? [...matching].sort((a, b) => (falling ? -1 : 1) * (value(a) - value(b))) : matching;
  return (
    <>
      <div class="row">
        <input class="input narrow-field" type="search" placeholder="Class or file" aria-label="Find by class or file" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        <label class="row" for={`${id}-outcome`}>
          <span class="small">Show</span>
          <select id={`${id}-outcome`} class="select" value={outcome} onChange={(event) => setOutcome(event.currentTarget.value)}>
            <option value="all">all</option>
            <option value="fooled">fooled</option>
            <option value="held">not fooled</option>
          </select>
        </label>
        <label class="row" for={`${id}-order`}>
          <span class="small">Sort by</span>
          <select id={`${id}-order`} class="select" value={order} onChange={(event) => setOrder(event.currentTarget.value)}>
            <option value="">order of the run</option>
            {measures.map((known) => (
              <option key={known.id} value={known.id}>{known.title}</option>
            ))}
          </select>
        </label>
        {measure && (
          <button type="button" class="button low" onClick={() => setFalling(!falling)}>
            {falling ? "Largest first" : "Smallest first"}
          </button>
        )}
      </div>
      <ul class="wall" aria-label="Attacked images">
        {sorted.slice(0, most).map((tile) => (
          <li key={tile.tile}>
            <WallTile study={study} tile={tile} method={method} />
          </li>
        ))}
      </ul>
      {sorted.length === 0 && <p class="muted">No image is like that.</p>}
      {sorted.length > most && (
        <button type="button" class="button" onClick={() => setMost(most + AT_ONCE)}>
          Show more of {sorted.length}
        </button>
      )}
    </>
  );
}

function WallTile({ study, tile, method }: { study: StudyDetails; tile: Tile; method: string | null }) {
  const facts = [
    ...(method && tile.similarity !== null ? [`maps ${short(tile.similarity)}`] : []),
    ...(tile.maskShare !== null && tile.maskShareBefore !== null ? [`mask ${percent(tile.maskShareBefore)} → ${percent(tile.maskShare)}`] : []),
    ...(tile.l2 !== null ? [`L2 ${short(tile.l2)}`] : []),
  ];
  return (
    <button type="button" class={`wall-tile${tile.success ? " fooled" : ""}`} onClick={() => void openLive(study, tile, pictureOf(study.id, tile.tile, "clean"))}>
      <TilePair study={study.id} tile={tile.tile} />
      <span class="small">
        <span class="unseen">Open live: </span>
        {firstName(tile.before)} → <b class={tile.success ? "accent-text" : ""}>{firstName(tile.after)}</b>
        {tile.confidence !== null ? ` ${percent(tile.confidence)}` : ""}
      </span>
      {tile.labelGiven && tile.before !== tile.label && <span class="small">labelled {firstName(tile.label)}</span>}
      <span class="muted small">{facts.join(" · ")}</span>
    </button>
  );
}
