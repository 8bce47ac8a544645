// "Save as SVG" under every figure. Pages work without it.
import { drawn } from "./drawing.ts";
import { all, around, nowAndAfterSwaps } from "./page.ts";

function save(figure: HTMLElement): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([drawn(figure)], { type: "image/svg+xml" }));
  link.download = `${figure.classList[0] ?? "figure"}.svg`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

document.addEventListener("click", (event) => {
  const figure = around(event, "[data-save-figure]")?.closest("figure");
  if (figure) save(figure);
});

nowAndAfterSwaps(() => {
  for (const caption of all("figure > figcaption")) {
    if (caption.querySelector("[data-save-figure]")) continue;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button small", textContent: "Save as SVG" });
    button.dataset.saveFigure = "";
    caption.append(button);
  }
});
