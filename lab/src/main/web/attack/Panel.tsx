import { useEffect, useState } from "preact/hooks";
import { isUnderWay, live } from "../api/live.js";
import { useLive } from "../api/useLive.js";
import type { BeforeAfter } from "../api/types.js";
import { useSlots } from "../colors/useSlots.js";
import { foldCurves, NO_CURVES, spread } from "../curves/curves.js";
import { Note } from "../parts/Note.js";
import { epsilonText, short } from "../parts/numbers.js";
import type { PanelDocument } from "../state/document.js";
import { change, changeHeat, changePanel, store } from "../state/lab.js";
import { attackState, epsilons, isBounded } from "./attackState.js";
import { AllClasses } from "./AllClasses.js";
import { Bars } from "./Bars.js";
import { useBounds } from "./bounds.js";
import { BoundsBar } from "./BoundsBar.js";
import { BoundsButton, EpsilonSlider } from "./EpsilonSlider.js";
import { Headline } from "./Headline.js";
import { foldUpdate, NOTHING } from "./liveUpdate.js";
import { Numbers } from "./Numbers.js";
import { PanelHead } from "./PanelHead.js";
import { Parts } from "./Parts.js";
import { reportAttack } from "./shown.js";
import { Stage } from "./Stage.js";
import { Strip } from "./Strip.js";

const REST = 220;
const POINTS = 25;
/** How many more points lie where the class changes. */
const REFINED = 12;
/** Curves that cost more milliseconds or passes than this are drawn only when they are asked for. */
const AT_ONCE = 6000;
const FEW_PASSES = 4;

/** Answers that take fewer milliseconds leave time for the pictures on the rail. */
const LIVELY = 400;

const MOST_BARS = 6;

/** One attack on the image: what it does, how strongly, and what the network then sees. */
export function Panel({ panel, removable }: { panel: PanelDocument; removable: boolean }) {
  const document = store.use((state) => state.document);
  const entry = store.use((state) => state.offer.catalog.find(({ id }) => id === panel.attack.id));
  const model = store.use((state) => state.models.find(({ id }) => id === document.model));
  const names = store.use((state) => state.opened[document.model]?.labels) ?? [];
  const id = `p${panel.id}`;
  const state = attackState(document, panel);
  const bounded = isBounded(entry);
  const most = Math.max(epsilons(panel.norm, model).largest, panel.epsilon);
  const [method] = document.heat.methods;
  const methodTitle = store.use((whole) => whole.offer.catalog.find((known) => known.id === method?.id)?.title) ?? "";
  const overlay = panel.overlay && method ? { method, class: document.heat.class } : null;
  const series = JSON.stringify({ ...state, epsilon: 0 });

  const moving = useLive("update", id, { state, resting: false, top: 4, overlay }, NOTHING, foldUpdate, { series });
  const rested = useLive("update", `${id}-rest`, { state, resting: true, top: 5, images: [] }, NOTHING, foldUpdate, { delay: REST });
  const [allClasses, setAllClasses] = useState(false);
  const [curvesWanted, setCurvesWanted] = useState("");
  const cost = Math.min(...[moving, rested].map(({ value }) => value.update?.cost.milliseconds ?? Infinity));
  const { forwards = Infinity, backwards = Infinity } = moving.value.update?.cost ?? {};
  const cheap = forwards + backwards <= FEW_PASSES || cost * POINTS < AT_ONCE || curvesWanted === series;
  const curvesBody = { state: { ...state, epsilon: most }, epsilons: spread(bounded ? most : 1, POINTS), classes: [], map: null, refine: bounded ? REFINED : 0 };
  const curves = useLive("curves", id, cheap ? curvesBody : null, NO_CURVES, foldCurves, { delay: REST });
  const bounds = useBounds(panel.id, state);
  useEffect(() => () => [id, `${id}-rest`].forEach((gone) => live.cancel(gone)), [id]);

  useEffect(() => reportAttack(panel.id, moving.stale ? null : moving.value.update), [panel.id, moving.value, moving.stale]);
  const { update } = moving.value;
  const slot = useSlots();
  [update?.label.index, update?.after.index].forEach((index) => index !== undefined && slot(index));
  const evaluated = rested.status === "done" && !rested.stale && !moving.stale ? rested.value.update : null;
  const checked = update && { ...update, rounded: evaluated?.rounded ?? null };
  const old = moving.stale ? "stale" : "";
  return (
    <article class="panel card" aria-label={`Attack ${panel.id}: ${entry?.title ?? panel.attack.id}`} aria-busy={isUnderWay(moving.status)}>
      <Strip
        live={moving.value}
        old={old}
        headline={
          <Headline live={moving.value} wanted={state} stale={moving.stale || moving.status === "failed"} problem={moving.status === "failed" ? moving.message : ""} units={document.units} />
        }
        slider={
          bounded ? (
            <EpsilonSlider
              epsilon={panel.epsilon}
              norm={panel.norm}
              most={most}
              units={document.units}
              curves={curves.value}
              old={curves.stale ? "stale" : ""}
              bounds={bounds}
              onCurves={cheap || cost === Infinity ? null : () => setCurvesWanted(series)}
              onMove={(epsilon) => changePanel(panel.id, { epsilon })}
              onUnits={(units) => change({ units })}
            />
          ) : (
            <div class="hero">
              <p class="small muted">This attack is a minimum-norm attack: it has no epsilon to set.</p>
              {bounds.distances && <BoundsBar distances={bounds.distances} most={most} text={(size) => (panel.norm === "linf" ? epsilonText(size, document.units) : short(size))} />}
              <div class="row">
                <BoundsButton bounds={bounds} />
              </div>
            </div>
          )
        }
      />
      <PanelHead panel={panel} entry={entry} names={names} before={update?.before.index ?? null} removable={removable} />
      <div class="panel-body">
        {moving.status === "busy" && <Note>{moving.message}. Trying again.</Note>}
        <div class="scene">
          <Stage
            old={old}
            live={moving.value}
            overlay={
              method && (
                <label class="tick tiny">
                  <input type="checkbox" checked={panel.overlay} onChange={(event) => changePanel(panel.id, { overlay: event.currentTarget.checked })} />
                  show {methodTitle}
                </label>
              )
            }
          />
          {update && (
            <Bars
              old={old}
              caption="Prediction"
              rows={leading(update.classes)}
              shown={document.heat.class}
              onPick={(index) => changeHeat({ class: index })}
            >
              <button type="button" class="button low quiet" onClick={() => setAllClasses(true)}>
                All {names.length} classes
              </button>
            </Bars>
          )}
        </div>
        {checked && <Numbers update={checked} units={document.units} old={old} />}
        {(evaluated?.hints ?? []).map((hint) => (
          <Note key={hint} strong>{hint}</Note>
        ))}
      </div>
      {allClasses && <AllClasses panelId={id} state={state} onClose={() => setAllClasses(false)} />}
      <Parts panel={panel} state={state} live={moving.value} curves={curves} most={most} bounded={bounded} names={names} lively={cheap && cost < LIVELY} />
    </article>
  );
}

/** The classes that matter most on either side, in the order of before. */
function leading(rows: BeforeAfter[]): BeforeAfter[] {
  const best = [...rows].sort((a, b) => Math.max(b.before, b.after) - Math.max(a.before, a.after)).slice(0, MOST_BARS);
  return rows.filter((row) => best.includes(row));
}
