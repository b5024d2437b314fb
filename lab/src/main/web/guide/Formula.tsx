import type { ComponentChildren } from "preact";

const WORD = /^[A-Za-z]{2,}(?:-[A-Za-z]+)*|^[A-Za-z]+-[A-Za-z]+(?:-[A-Za-z]+)*/;
const NUMBER = /^[0-9]+(?:\.[0-9]+)?/;
const LETTER = /^\p{L}/u;
const MATHEMATICAL = /[=←→∇Σ∂⊙≈Π‖^_∗±∫]/;
/** Words that name functions, beside those that are followed by a bracket. */
const FUNCTIONS = new Set(["sign", "clip", "max", "min", "argmin", "argmax", "ReLU", "relu", "mean", "round", "Adam", "TV"]);

const LOWERED: Record<string, string> = {
  "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₋": "−", "ₓ": "x", "ᵢ": "i", "ⱼ": "j", "ₗ": "l", "ₖ": "k",
};
const RAISED: Record<string, string> = {
  "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁺": "+", "⁻": "−", "ᵏ": "k", "ᶜ": "c", "ᵇ": "b", "ⁿ": "n", "′": "′",
};

/** A formula of the catalogue, set as MathML; words without mathematics stay text. */
export function Formula({ text }: { text: string }) {
  if (!MATHEMATICAL.test(text)) {
    return <p class="formula">{text}</p>;
  }
  return (
    <p class="formula">
      {/* The parts of a formula that stand side by side may go on new lines. */}
      {text.split(/(?<=[,;]) {2}/).map((part, at) => (
        <math key={at} {...({ alttext: part } as object)}>
          <mrow>{rowOf(part)}</mrow>
        </math>
      ))}
    </p>
  );
}

/** Reads a row up to its end, or up to the brace that closes it. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  row(closing: string): ComponentChildren[] {
    const row: ComponentChildren[] = [];
    while (this.at < this.text.length) {
      if (closing && this.text.startsWith(closing, this.at)) {
        this.at += closing.length;
        break;
      }
      const atom = this.atom();
      if (atom !== null) {
        row.push(this.withScripts(atom));
      }
    }
    return row;
  }

  private take(pattern: RegExp): string {
    const found = pattern.exec(this.text.slice(this.at))?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private atom(): ComponentChildren {
    if (this.take(/^\s+/)) {
      return null;
    }
    const word = this.take(WORD);
    if (word) {
      if (/^\(/.test(this.text.slice(this.at))) return <mi>{word}</mi>;
      return FUNCTIONS.has(word) ? <mi>{`${word}\u2009`}</mi> : this.words(word);
    }
    const number = this.take(NUMBER);
    if (number) {
      return <mn>{number}</mn>;
    }
    const letter = this.take(LETTER);
    if (letter) {
      return <mi>{letter}</mi>;
    }
    const sign = this.take(/^./u);
    return /[([{|‖]/.test(sign) || /[)\]}]/.test(sign) ? <mo stretchy={false as never}>{sign}</mo> : <mo>{sign}</mo>;
  }

  /** Words in a formula, with the articles between them. */
  private words(first: string): ComponentChildren {
    const more = this.take(/^(?:[ ](?:[A-Za-z]{2,}(?:-[A-Za-z]+)*|a(?= [a-z]{2})))*/);
    return <mtext>{` ${first}${more} `.replaceAll(" ", "\u00a0")}</mtext>;
  }

  private withScripts(base: ComponentChildren): ComponentChildren {
    let low: ComponentChildren = null;
    let high: ComponentChildren = null;
    for (;;) {
      const lowered = this.take(/^[₀₁₂₃₄₋ₓᵢⱼₗₖ]+/);
      const raised = this.take(/^[⁰¹²³⁺⁻ᵏᶜᵇⁿ′]+/);
      if (lowered) {
        low = small(lowered, LOWERED);
      } else if (raised) {
        high = small(raised, RAISED);
      } else if (this.take(/^_\{/)) {
        low = <mrow>{this.row("}")}</mrow>;
      } else if (this.take(/^\^\{/)) {
        high = <mrow>{this.row("}")}</mrow>;
      } else if (/^[_^]\S/u.test(this.text.slice(this.at))) {
        const where = this.take(/^./);
        const script = <mi>{this.take(/^(?:[a-z]+|\S)/u)}</mi>;
        if (where === "_") low = script;
        else high = script;
      } else {
        break;
      }
    }
    if (low && high) return <msubsup>{base}{low}{high}</msubsup>;
    if (low) return <msub>{base}{low}</msub>;
    if (high) return <msup>{base}{high}</msup>;
    return base;
  }
}

function rowOf(text: string): ComponentChildren[] {
  return new Reader(text).row("");
}

function small(signs: string, plain: Record<string, string>): ComponentChildren {
  const text = [...signs].map((sign) => plain[sign] ?? sign).join("");
  return /^[0-9]+$/.test(text) ? <mn>{text}</mn> : /^[+−′]+$/.test(text) ? <mo>{text}</mo> : <mi>{text}</mi>;
}
