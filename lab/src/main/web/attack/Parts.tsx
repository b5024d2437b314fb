import type { AttackState } from "../api/state.js";
import type { LiveValue } from "../api/useLive.js";
import { CurvesPart } from "../curves/CurvesPart.js";
import { Sparkline } from "../curves/Sparkline.js";
import type { Curves } from "../curves/curves.js";
import { ExportSection } from "../export/ExportSection.js";
import { HeatSection } from "../maps/HeatSection.js";
import { Icon } from "../parts/icons.js";
import { Rail, type Part } from "../parts/Rail.js";
import { Plane } from "../plane/Plane.js";
import { Player } from "../player/Player.js";
import { Prototypes } from "../prototypes/Prototypes.js";
import type { PanelDocument } from "../state/document.js";
import { changePanel, store } from "../state/lab.js";
import { Transfer } from "../transfer/Transfer.js";
import { epsilons } from "./attackState.js";
import { Defence } from "./Defence.js";
import type { Live } from "./liveUpdate.js";

/** What can be asked further of an attack. */
export function Parts({ panel, state, live, curves, most, bounded, names }: {
  panel: PanelDocument;
  state: AttackState;
  live: Live;
  curves: LiveValue<Curves>;
  most: number;
  bounded: boolean;
  names: string[];
}) {
  const units = store.use((whole) => whole.document.units);
  const model = store.use((whole) => whole.models.find(({ id }) => id === state.model));
  const prototypes = store.use((whole) => whole.opened[state.model]?.prototypes ?? 0);
  const { update } = live;
  const parts: Part[] = [
    {
      name: "heat",
      title: "Heat maps",
      what: "before and after the attack",
      view: () => <HeatSection panel={panel} state={state} live={live} />,
    },
    {
      name: "curves",
      title: "Curves",
      what: "probabilities and explanations against epsilon",
      preview: () => <Sparkline curves={curves.value} most={bounded ? most : 1} cursor={bounded ? state.epsilon : null} />,
      view: () => <CurvesPart panelId={panel.id} state={state} curves={curves} most={most} bounded={bounded} units={units} />,
    },
    {
      name: "steps",
      title: "Step by step",
      what: "the iterations of the attack",
      preview: () => <Icon name="play" />,
      view: () => <Player panelId={panel.id} state={state} labelName={update?.label.name ?? "label"} label={update?.label.index ?? -1} />,
    },
    {
      name: "plane",
      title: "Decision plane",
      what: "class regions around the image",
      view: () => <Plane panelId={panel.id} state={state} names={names} extent={epsilons("linf", model).largest} units={units} />,
    },
    ...(prototypes > 0
      ? [{ name: "prototypes", title: "Prototypes", what: "this looks like that", view: () => <Prototypes panelId={panel.id} state={state} /> }]
      : []),
    {
      name: "transfer",
      title: "Other networks",
      what: "whether it fools them too",
      view: () => <Transfer panel={panel} state={state} />,
    },
    {
      name: "defence",
      title: "Defence",
      what: "JPEG, bit depth, blur",
      view: () => <Defence panel={panel} update={update} />,
    },
    {
      name: "export",
      title: "Export",
      what: "files, and the command that reproduces them",
      preview: () => <Icon name="save" />,
      view: () => <ExportSection state={state} />,
    },
  ];
  return <Rail label="Parts of the attack" parts={parts} chosen={panel.part} onChoose={(part) => changePanel(panel.id, { part })} />;
}
