import { ModelChooser } from "../model/ModelChooser.js";
import { Icon } from "../parts/icons.js";
import { ImageChooser } from "../image/ImageChooser.js";
import { addPanel, store } from "../state/lab.js";
import { Panel } from "./Panel.js";

const MOST_PANELS = 4;

export function AttackView() {
  const panels = store.use((state) => state.document.panels);
  return (
    <div class="attack-view">
      <aside class="side" aria-label="Network and image">
        <ModelChooser />
        <ImageChooser />
      </aside>
      <div class="panels">
        {panels.map((panel) => (
          <Panel key={panel.id} panel={panel} removable={panels.length > 1} />
        ))}
        {panels.length < MOST_PANELS && (
          <button type="button" class="button new-attack" onClick={addPanel}>
            <Icon name="plus" /> New attack on the same image
          </button>
        )}
      </div>
    </div>
  );
}
