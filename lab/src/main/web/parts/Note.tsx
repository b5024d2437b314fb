import type { ComponentChildren } from "preact";
import { Icon } from "./icons.js";

export function Note({ strong, children }: { strong?: boolean; children: ComponentChildren }) {
  return (
    <div class={`note${strong ? " strong" : ""}`}>
      <Icon name="hint" />
      <div class="note-text">{children}</div>
    </div>
  );
}
