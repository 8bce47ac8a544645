// A figure of a page as SVG that needs neither the page nor its style sheet. What is seen is drawn: charts with their
// styles written into them, labels and legend as text.

const NAMESPACE = "http://www.w3.org/2000/svg";
const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
  "paint-order", "font-family", "font-size", "font-weight", "text-anchor",
];
const LEFT_OUT = ["class", "href", "aria-label", "role", "tabindex", "data-brush"];
const UNPAINTED = ["g", "a", "svg", "title"];
/** What is there to be pointed at. */
const FOR_POINTERS = ".pick, .brush";
const MARGIN = 16, HEADING = 24;

type Told = Record<string, string | number>;

function element(name: string, told: Told = {}): SVGElement {
  const made = document.createElementNS(NAMESPACE, name) as SVGElement;
  for (const [key, value] of Object.entries(told)) made.setAttribute(key, String(value));
  return made;
}

function shown(node: Element): boolean {
  const style = getComputedStyle(node);
  return style.visibility !== "hidden" && style.display !== "none";
}

/** Mixed colours as every program reads them. */
function plain(value: string): string {
  return value.replace(/color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)\)/g, (_, ...parts: string[]) =>
    `rgb(${parts.slice(0, 3).map((part) => Math.round(255 * Number(part))).join(", ")})`);
}

function writeStyles(node: Element, twin: Element): void {
  for (const name of LEFT_OUT) twin.removeAttribute(name);
  if (UNPAINTED.includes(node.localName)) return;
  const style = getComputedStyle(node);
  for (const name of STYLES) {
    const value = plain(style.getPropertyValue(name)), painted = name === "fill" || name === "stroke";
    if (painted || (value && value !== "normal" && value !== "none")) twin.setAttribute(name, value);
  }
}

/** A chart whose styles are written into its elements; links and scripts' marks are left out. */
function chartOf(chart: Element, origin: DOMRect): Element {
  const box = chart.getBoundingClientRect(), copy = chart.cloneNode(true) as Element;
  const twins = [copy, ...copy.querySelectorAll("*")], hidden: Element[] = [];
  for (const [i, node] of [chart, ...chart.querySelectorAll("*")].entries()) {
    const twin = twins[i] as Element;
    if (node !== chart && node.localName !== "title" && (!shown(node) || node.matches(FOR_POINTERS))) hidden.push(twin);
    writeStyles(node, twin);
  }
  for (const twin of hidden) twin.remove();
  for (const link of copy.querySelectorAll("a")) {
    const group = element("g");
    group.append(...link.childNodes);
    link.replaceWith(group);
  }
  const place = { x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  return copy;
}

interface Line { top: number; left: number; height: number; words: string }

/** The words of a text node, one element for each line on which they stand. */
function linesOf(node: Text, parent: Element, origin: DOMRect): Element[] {
  const style = getComputedStyle(parent), range = document.createRange(), found: Line[] = [];
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getBoundingClientRect(), last = found.at(-1);
    if (!box.width) continue;
    if (last && Math.abs(last.top - box.top) < 2) last.words += ` ${word}`;
    else found.push({ top: box.top, left: box.left, height: box.height, words: word });
  }
  return found.map((line) => {
    const text = element("text", {
      x: line.left - origin.left, y: line.top - origin.top + 0.76 * line.height, fill: style.color,
      "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
    });
    text.textContent = line.words;
    return text;
  });
}

/** A dot of the legend. */
function dotOf(node: Element, origin: DOMRect): Element {
  const box = node.getBoundingClientRect();
  return element("rect", {
    x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height, rx: 2,
    fill: plain(getComputedStyle(node).backgroundColor),
  });
}

function wanted(node: Node): number {
  if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
  const left = node.matches("button, .unseen, .hint") || getComputedStyle(node).display === "none";
  return left || node.parentElement?.closest("svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
}

/** Everything that is drawn in a figure, in its order. */
function partsOf(figure: Element, origin: DOMRect): Element[] {
  const parts: Element[] = [];
  const walk = document.createTreeWalker(figure, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, wanted);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (node instanceof Text) {
      if (parent && !parent.closest("svg") && shown(parent)) parts.push(...linesOf(node, parent, origin));
    } else if (node instanceof Element) {
      if (node.localName === "svg") parts.push(chartOf(node, origin));
      else if (node.matches(".dot")) parts.push(dotOf(node, origin));
    }
  }
  return parts;
}

function wordsOf(node: Element | null): string {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}

function textOf(selector: string): string {
  return wordsOf(document.querySelector(selector));
}

/** The text of an SVG file: the figure under a heading that names the page, what is chosen, and the record. */
export function drawn(figure: HTMLElement): string {
  const origin = figure.getBoundingClientRect(), style = getComputedStyle(figure);
  const rights = [...figure.querySelectorAll("svg")].map((one) => one.getBoundingClientRect().right - origin.left);
  const width = Math.max(origin.width, ...rights) + 2 * MARGIN, height = origin.height + 2 * MARGIN + HEADING;
  const whole = element("svg", { xmlns: NAMESPACE, width, height, viewBox: `0 0 ${width} ${height}` });
  const title = element("text", {
    x: MARGIN, y: MARGIN + 12, fill: style.color, "font-family": style.fontFamily, "font-size": 15, "font-weight": 600,
  });
  const inner = { width: width - MARGIN, height: height - MARGIN - HEADING };
  const body = element("svg", { x: MARGIN, y: MARGIN + HEADING, ...inner });
  const chosen = [...document.querySelectorAll(".chips .chip:not(.clear)")].map((chip) => wordsOf(chip).replace(/ ×$/, ""));
  title.textContent = [textOf("h1"), ...chosen, textOf(".brand-record")].join(" · ");
  body.append(...partsOf(figure, origin));
  const paper = getComputedStyle(document.querySelector(".top") ?? document.body).backgroundColor;
  whole.append(element("rect", { width, height, fill: paper }), title, body);
  return new XMLSerializer().serializeToString(whole);
}
