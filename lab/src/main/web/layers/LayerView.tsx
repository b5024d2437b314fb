export function LayerView() {
  return null;
}
