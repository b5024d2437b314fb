/** A few alternatives of which one holds, in one row. */
export function Choice<T extends string>({ label, name, value, options, onPick }: {
  label: string;
  name: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onPick: (value: T) => void;
}) {
  return (
    <div class="choice" role="radiogroup" aria-label={label}>
      {options.map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => onPick(option)} />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}
