import type { Grid, Rgba } from "../api/envelope.js";
import type { HeatDocument } from "../state/document.js";
import { short } from "../parts/numbers.js";
import { centred, rangeOf, SIGNED, type Scale, type Table } from "./colors.js";
import type { HeatMap, MethodMaps } from "./heat.js";
import { HeatCanvas } from "./HeatCanvas.js";

/** One method: before, after, and what changed. */
export function HeatRow({ maps, title, heat, table, clean, adversarial, similarities, onRemove }: {
  maps: MethodMaps | undefined;
  title: string;
  heat: HeatDocument;
  table: Table;
  clean: Rgba | null;
  adversarial: Rgba | null;
  similarities: { id: string; title: string }[];
  onRemove: (() => void) | null;
}) {
  const before = maps?.clean ? shownGrid(maps.clean, heat) : null;
  const after = maps?.adversarial ? shownGrid(maps.adversarial, heat) : null;
  const both = [before, after].filter((grid) => grid !== null);
  const scaleOf = (grid: Grid): Scale => {
    const range = rangeOf(heat.common ? both : [grid]);
    return heat.sign === "signed" ? centred(range) : range;
  };
  const colours = heat.sign === "signed" ? SIGNED : table;
  const speaks = maps?.class?.name ?? "";
  const difference = before && after && heat.sign !== "positive" ? subtract(after, before) : (maps?.difference ?? null);
  const known = similarities.filter(({ id }) => maps?.similarities[id] !== undefined && maps.similarities[id] !== null);
  return (
    <section class="heat-row" aria-label={title}>
      <div class="heat-title">
        <h4>{title}</h4>
        <span class="muted tiny">{maps?.class ? `class ${maps.class.name}` : ""}{maps?.layer ? `, at ${maps.layer}` : ""}</span>
        {onRemove && (
          <button type="button" class="button quiet low" onClick={onRemove} aria-label={`Remove ${title}`}>
            Remove
          </button>
        )}
      </div>
      <div class="heat-trio">
        <figure>
          {before ? <HeatCanvas map={before} image={clean} table={colours} scale={scaleOf(before)} opacity={heat.opacity} label={`${title} of the image`} speaks={speaks} /> : <Waiting maps={maps} />}
          <figcaption>Image</figcaption>
        </figure>
        <figure>
          {after ? <HeatCanvas map={after} image={adversarial} table={colours} scale={scaleOf(after)} opacity={heat.opacity} label={`${title} of the adversarial image`} speaks={speaks} /> : <Waiting maps={maps} />}
          <figcaption>Adversarial</figcaption>
        </figure>
        <figure>
          {difference ? <HeatCanvas map={difference} image={null} table={SIGNED} scale={centred(rangeOf([difference]))} opacity={1} label={`${title}: adversarial minus image`} speaks={speaks} /> : <Waiting maps={maps} />}
          <figcaption>Difference</figcaption>
        </figure>
      </div>
      {maps?.progress && (
        <label class="heat-progress tiny muted">
          {maps.progress.done} of {maps.progress.total} {maps.progress.unit}
          <progress value={maps.progress.done} max={maps.progress.total} />
        </label>
      )}
      {known.length > 0 && (
        <dl class="likeness" aria-label="Similarity of the two maps">
          {known.map(({ id, title: name }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd class="number">{short(maps?.similarities[id])}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Waiting({ maps }: { maps: MethodMaps | undefined }) {
  return <div class="heat empty" role="img" aria-label={maps ? "This map is being computed" : "Waiting"} />;
}

function shownGrid(heat: HeatMap, { sign }: HeatDocument): Grid {
  if (sign === "positive" || !heat.signed) {
    return heat.map;
  }
  return sign === "signed" ? heat.signed : { ...heat.signed, data: heat.signed.data.map(Math.abs) };
}

function subtract(a: Grid, b: Grid): Grid {
  return { ...a, data: a.data.map((value, i) => value - (b.data[i] ?? 0)) };
}
