import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** One part of a panel: its place on the rail, and what is shown while it is chosen. */
export interface Part<Name extends string = string> {
  name: Name;
  title: string;
  what: string;
  /** A small live picture of what the part would show; drawn in a box of 4 by 2.5 rem. */
  preview?: () => ComponentChildren;
  view: () => ComponentChildren;
}

/**
 * Parts of which one is shown, chosen by small live pictures of them all (the tabs of WAI-ARIA).
 * Nothing but its picture is computed for a part that is not chosen.
 */
export function Rail<Name extends string>({ label, parts, chosen, onChoose }: {
  label: string;
  parts: Part<Name>[];
  chosen: Name;
  onChoose: (name: Name) => void;
}) {
  const id = useId();
  const shown = parts.find(({ name }) => name === chosen) ?? parts[0];
  const walk = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      tabs[(to + tabs.length) % tabs.length]?.focus();
    }
  };
  return (
    <>
      <div class="rail" role="tablist" aria-label={label} onKeyDown={walk}>
        {parts.map(({ name, title, what, preview }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            class="rail-tab"
            aria-selected={name === shown?.name}
            aria-controls={`${id}-part`}
            aria-label={title}
            title={what}
            tabIndex={name === shown?.name ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            <span class="rail-picture" aria-hidden="true">
              {preview?.()}
            </span>
            <span class="rail-title">{title}</span>
          </button>
        ))}
      </div>
      {shown && (
        <div class="part" role="tabpanel" id={`${id}-part`} aria-labelledby={`${id}-${shown.name}`} key={shown.name}>
          {shown.view()}
        </div>
      )}
    </>
  );
}
