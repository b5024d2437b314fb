import type { ComponentChildren } from "preact";
import type { PanelDocument } from "../state/document.js";
import { changePanel } from "../state/lab.js";

/** A part of a panel that is asked for only when it is open; which are open belongs to the link. */
export function Fold({ panel, name, title, what, children }: {
  panel: PanelDocument;
  name: string;
  title: string;
  what: string;
  children: () => ComponentChildren;
}) {
  const open = panel.open.includes(name);
  const toggle = (now: boolean) => {
    if (now !== open) {
      changePanel(panel.id, { open: now ? [...panel.open, name] : panel.open.filter((other) => other !== name) });
    }
  };
  return (
    <details class="fold" open={open} onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary>
        {title} <span class="muted small">{what}</span>
      </summary>
      {open && <div class="fold-body">{children()}</div>}
    </details>
  );
}
