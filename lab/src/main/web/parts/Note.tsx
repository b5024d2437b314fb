import type { ComponentChildren } from "preact";
import { Icon } from "./icons.js";

export function Note({ strong, children }: { strong?: boolean; children: ComponentChildren }) {
  return (
    <div class={`note${strong ? " strong" : ""}`}>
      <Icon name="hint" />
      <div class="note-text">{typeof children === "string" ? sentence(children) : children}</div>
    </div>
  );
}

/** Begins with a capital letter, unless the first word is a name that must stay as it is, such as a file's. */
function sentence(text: string): string {
  return /^[a-z]+(?=[\s,;:]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
