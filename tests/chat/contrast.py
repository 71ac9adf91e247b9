"""The contrast of texts on the page."""

from playwright.sync_api import Locator

# Relative luminance and contrast as in WCAG 2.1, of a text on the nearest opaque background.
_CONTRAST = """(node, pseudo) => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => rgb
    .slice(0, 3)
    .map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  let behind = node;
  const opaque = (element) => {
    const color = parse(getComputedStyle(element).backgroundColor);
    return color.length === 3 || color[3] === 1;
  };
  while (behind.parentElement && !opaque(behind)) behind = behind.parentElement;
  const one = luminance(parse(getComputedStyle(node, pseudo).color));
  const other = luminance(parse(getComputedStyle(behind).backgroundColor));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


def contrast(node: Locator, pseudo: str = "") -> float:
    """Return the contrast of an element's text, or of a pseudo-element's."""
    return float(node.evaluate(_CONTRAST, pseudo))
