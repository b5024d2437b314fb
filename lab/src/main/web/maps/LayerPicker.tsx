import type { Algorithm } from "../api/state.js";
import type { CatalogEntry } from "../api/types.js";
import { ParameterFields } from "../attack/AttackForm.js";
import { changeHeat, store } from "../state/lab.js";

/** The parameters of a method; a parameter called layer is picked from the network's own layers. */
export function LayerPicker({ entry, method, place }: { entry: CatalogEntry; method: Algorithm; place: number }) {
  const model = store.use((state) => state.opened[state.document.model]);
  const methods = store.use((state) => state.document.heat.methods);
  const layers = (model?.layers ?? []).filter((layer) => layer.spatial).map((layer) => layer.name);
  const parameters = entry.parameters.map((parameter) =>
    parameter.name === "layer" ? { ...parameter, type: "choice", choices: withDefault(parameter.default, layers) } : parameter,
  );
  const onChange = (value: Algorithm) => changeHeat({ methods: methods.map((other, at) => (at === place ? value : other)) });
  return <ParameterFields parameters={parameters} value={method} onChange={onChange} />;
}

function withDefault(standard: string, layers: string[]): string[] {
  return layers.includes(standard) ? layers : [standard, ...layers];
}
