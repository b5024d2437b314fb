import type { AttackState } from "../api/state.js";
import type { UpdateFields } from "../api/types.js";
import { SimilarityCurves } from "../curves/SimilaritySection.js";
import { Fold } from "../parts/Fold.js";
import { Plane } from "../plane/Plane.js";
import { Player } from "../player/Player.js";
import type { PanelDocument } from "../state/document.js";
import { store } from "../state/lab.js";
import { ExportSection } from "../export/ExportSection.js";
import { Prototypes } from "../prototypes/Prototypes.js";
import { Transfer } from "../transfer/Transfer.js";
import { epsilons } from "./attackState.js";
import { Defence } from "./Defence.js";

/** What can be asked further of an attack; nothing is computed for a closed section. */
export function Sections({ panel, state, update, most, bounded, names }: {
  panel: PanelDocument;
  state: AttackState;
  update: UpdateFields | null;
  most: number;
  bounded: boolean;
  names: string[];
}) {
  const units = store.use((whole) => whole.document.units);
  const model = store.use((whole) => whole.models.find(({ id }) => id === state.model));
  const prototypes = store.use((whole) => whole.opened[state.model]?.prototypes ?? 0);
  return (
    <>
      {prototypes > 0 && (
        <Fold panel={panel} name="prototypes" title="Prototypes" what="this looks like that">
          {() => <Prototypes panelId={panel.id} state={state} />}
        </Fold>
      )}
      <Fold panel={panel} name="similarity" title="Maps against epsilon" what="how fast the explanation changes">
        {() => <SimilarityCurves panelId={panel.id} state={state} most={most} bounded={bounded} units={units} />}
      </Fold>
      <Fold panel={panel} name="trajectory" title="Step by step" what="the iterations of the attack">
        {() => <Player panelId={panel.id} state={state} labelName={update?.label.name ?? "label"} />}
      </Fold>
      <Fold panel={panel} name="plane" title="Decision plane" what="class regions around the image">
        {() => <Plane panelId={panel.id} state={state} names={names} extent={epsilons("linf", model).largest} units={units} />}
      </Fold>
      <Fold panel={panel} name="transfer" title="Other networks" what="whether it fools them too">
        {() => <Transfer panel={panel} state={state} />}
      </Fold>
      <Fold panel={panel} name="defence" title="Defence" what={panel.defense ? "on" : "JPEG, bit depth, blur"}>
        {() => <Defence panel={panel} update={update} />}
      </Fold>
      <Fold panel={panel} name="export" title="Export" what="files, and the command that reproduces them">
        {() => <ExportSection state={state} />}
      </Fold>
    </>
  );
}
