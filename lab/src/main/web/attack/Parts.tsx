import type { AttackState } from "../api/state.js";
import type { LiveValue } from "../api/useLive.js";
import { CurvesPart } from "../curves/CurvesPart.js";
import { Sparkline } from "../curves/Sparkline.js";
import type { Curves } from "../curves/curves.js";
import { HeatSection } from "../maps/HeatSection.js";
import { InsidePreview, MapPreview, PlanePreview, StepsPreview } from "../rail/Previews.js";
import { Icon } from "../parts/icons.js";
import { Rail, type Part } from "../parts/Rail.js";
import { Later } from "../shell/Later.js";
import type { PanelDocument, PartName } from "../state/document.js";
import { changePanel, store } from "../state/lab.js";
import { epsilonText, short } from "../parts/numbers.js";
import { epsilons, isOfDigits } from "./attackState.js";
import { Defence } from "./Defence.js";
import type { Live } from "./liveUpdate.js";

const exporting = () => import("../export/ExportSection.js").then(({ ExportSection }) => ExportSection);
const inside = () => import("../network/Inside.js").then(({ Inside }) => Inside);
const plane = () => import("../plane/Plane.js").then(({ Plane }) => Plane);
const player = () => import("../player/Player.js").then(({ Player }) => Player);
const prototypesOf = () => import("../prototypes/Prototypes.js").then(({ Prototypes }) => Prototypes);
const typeOne = () => import("../latent/TypeOne.js").then(({ TypeOne }) => TypeOne);
const twins = () => import("../twins/Twins.js").then(({ Twins }) => Twins);
const transfer = () => import("../transfer/Transfer.js").then(({ Transfer }) => Transfer);

/** What can be asked further of an attack. */
export function Parts({ panel, state, live, curves, most, bounded, names, lively }: {
  panel: PanelDocument;
  state: AttackState;
  live: Live;
  curves: LiveValue<Curves>;
  most: number;
  bounded: boolean;
  names: string[];
  /** Whether the attack and the network are quick enough for live pictures on the rail. */
  lively: boolean;
}) {
  const units = store.use((whole) => whole.document.units);
  const model = store.use((whole) => whole.models.find(({ id }) => id === state.model));
  const prototypes = store.use((whole) => whole.opened[state.model]?.prototypes ?? 0);
  const { update } = live;
  const place = `p${panel.id}`;
  const title = store.use((whole) => whole.offer.catalog.find(({ id }) => id === state.attack.id)?.title) ?? state.attack.id;
  const strength = bounded ? `${title}, ε ${state.norm === "linf" ? epsilonText(state.epsilon, units) : short(state.epsilon)}` : title;
  const extent = epsilons("linf", model).largest;
  const parts: Part<PartName>[] = [
    {
      name: "heat",
      title: "Heat maps",
      what: "before and after the attack",
      ...(lively ? { preview: () => <MapPreview place={place} state={state} adversarial={live.adversarial} /> } : {}),
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
      preview: () => (lively ? <StepsPreview place={place} state={state} label={update?.label.index ?? -1} /> : <Icon name="play" />),
      view: () => <Later load={player} with={{ panelId: panel.id, state, labelName: update?.label.name ?? "label", label: update?.label.index ?? -1 }} />,
    },
    {
      name: "plane",
      title: "Decision plane",
      what: "class regions around the image",
      ...(lively ? { preview: () => <PlanePreview place={place} state={state} extent={extent} /> } : {}),
      view: () => <Later load={plane} with={{ panelId: panel.id, state, names, extent, units }} />,
    },
    {
      name: "network",
      title: "Network",
      what: "the channels that carry the new class",
      ...(lively ? { preview: () => <InsidePreview place={place} state={state} /> } : {}),
      view: () => <Later load={inside} with={{ place, state }} />,
    },
    ...(prototypes > 0
      ? [{ name: "prototypes" as const, title: "Prototypes", what: "this looks like that", view: () => <Later load={prototypesOf} with={{ panelId: panel.id, state }} /> }]
      : []),
    {
      name: "transfer",
      title: "Other networks",
      what: "whether it fools them too",
      preview: () => <span class="rail-count">{panel.networks.length > 0 ? panel.networks.length : "→"}</span>,
      view: () => <Later load={transfer} with={{ panel, state }} />,
    },
    {
      name: "defence",
      title: "Defence",
      what: "in front of the network",
      preview: () => <span class="rail-count">{panel.defenses.length > 0 ? panel.defenses.length : "off"}</span>,
      view: () => <Defence panel={panel} live={live} />,
    },
    {
      name: "twins",
      title: "Robustness",
      what: "the same attack on a robust and on a defended network",
      preview: () => <Icon name="shield" />,
      view: () => <Later load={twins} with={{ panel, state, most, units }} />,
    },
    ...(isOfDigits(model)
      ? [
          {
            name: "type-one" as const,
            title: "Type I",
            what: "another digit that the network does not notice, and both types of attack on one ROC",
            preview: () => <Icon name="roc" />,
            view: () => <Later load={typeOne} with={{ panelId: panel.id, state, names, label: update?.label.index ?? -1, attack: strength }} />,
          },
        ]
      : []),
    {
      name: "export",
      title: "Export",
      what: "files, and the command that reproduces them",
      preview: () => <Icon name="save" />,
      view: () => <Later load={exporting} with={{ state }} />,
    },
  ];
  return <Rail label="Parts of the attack" parts={parts} chosen={panel.part} onChoose={(part) => changePanel(panel.id, { part })} />;
}
