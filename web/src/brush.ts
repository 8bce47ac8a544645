// A brush across the timeline chooses a time: the address gets `since` and `until`.
import { around } from "./page.ts";

const DAY = 86_400_000;
/** Pixels that the pointer moves before it is a brush and not a click. */
const LEAST = 5;

interface Brush { figure: HTMLElement; lanes: SVGElement; from: number; to: number }
type Ends = [number, number];

function ends({ from, to }: Brush): Ends {
  return from < to ? [from, to] : [to, from];
}

function isBrush({ from, to }: Brush): boolean {
  return Math.abs(to - from) >= LEAST;
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

function draw(brush: Brush): void {
  const box = brush.lanes.getBoundingClientRect(), mark = brush.lanes.querySelector("[data-brush]");
  const [left, right] = ends(brush).map((x) => within(x - box.left, box.width)) as Ends;
  mark?.setAttribute("x", String(left));
  mark?.setAttribute("width", String(right - left));
}

/** The first and the last day under a brush, as in addresses. */
function days(brush: Brush): [string, string] {
  const box = brush.lanes.getBoundingClientRect(), { first = "", last = "" } = brush.figure.dataset;
  const begin = Date.parse(first), span = Date.parse(last) - begin + DAY;
  return ends(brush).map((x) => {
    const at = begin + within((x - box.left) / box.width, 1) * span;
    return new Date(Math.min(begin + span - DAY, at)).toISOString().slice(0, 10);
  }) as [string, string];
}

function follow(brush: Brush): void {
  const address = new URL(location.href), [since, until] = days(brush);
  address.searchParams.set("since", since);
  address.searchParams.set("until", until);
  address.searchParams.delete("page");
  location.assign(address);
}

export function listenForBrush(): void {
  let brush: Brush | null = null;
  document.addEventListener("pointerdown", (event) => {
    const figure = around(event, "[data-timeline]"), lanes = around<SVGElement>(event, ".lanes");
    if (figure && lanes && event.button === 0) brush = { figure, lanes, from: event.clientX, to: event.clientX };
  });
  document.addEventListener("pointermove", (event) => {
    if (!brush) return;
    brush.to = event.clientX;
    if (!isBrush(brush)) return;
    event.preventDefault();
    draw(brush);
  });
  document.addEventListener("pointerup", () => {
    const done = brush;
    brush = null;
    if (done && isBrush(done)) follow(done);
  });
  document.addEventListener("dragstart", (event) => { if (around(event, ".lanes")) event.preventDefault(); });
  // The click that ends a brush opens no event under it.
  document.addEventListener("click", (event) => {
    const mark = around<SVGElement>(event, ".lanes")?.querySelector("[data-brush]");
    if (mark && Number(mark.getAttribute("width")) > 0) event.preventDefault();
  }, true);
}
