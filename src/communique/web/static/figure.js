// "Save as SVG": a figure as a file that needs neither this page nor its style sheet. What is seen is drawn: charts with
// their styles written into them, labels and legend as text. Pages work without it.
"use strict";
(() => {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];
  const MARGIN = 16;
  const element = (name, told = {}) => {
    const made = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(told)) made.setAttribute(key, value);
    return made;
  };
  const shown = (node) => { const style = getComputedStyle(node); return style.visibility !== "hidden" && style.display !== "none"; };

  // Mixed colours as every program reads them.
  const plain = (value) => value.replace(/color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)\)/g, (_, ...parts) => `rgb(${parts.slice(0, 3).map((part) => Math.round(255 * part)).join(", ")})`);

  // A chart whose styles are written into its elements; links and scripts' marks are left out.
  function drawing(chart, origin) {
    const box = chart.getBoundingClientRect(), copy = chart.cloneNode(true), twins = [...copy.querySelectorAll("*")];
    const pairs = [[chart, copy], ...[...chart.querySelectorAll("*")].map((node, i) => [node, twins[i]])];
    const hidden = pairs.filter(([node]) => node !== chart && node.localName !== "title" && !shown(node)).map(([, twin]) => twin);
    for (const [node, twin] of pairs) {
      const style = getComputedStyle(node);
      for (const name of ["class", "href", "aria-label", "role", "tabindex", "data-brush"]) twin.removeAttribute(name);
      if (["g", "a", "svg", "title"].includes(node.localName)) continue;
      for (const name of STYLES) {
        const value = plain(style.getPropertyValue(name));
        if (value && !["normal", "none"].includes(value) || name === "fill" || name === "stroke") twin.setAttribute(name, value);
      }
    }
    hidden.forEach((twin) => twin.remove());
    copy.querySelectorAll("a").forEach((link) => {
      const group = element("g");
      group.append(...link.childNodes);
      link.replaceWith(group);
    });
    for (const [name, value] of Object.entries({ x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height })) copy.setAttribute(name, value);
    return copy;
  }

  // The words of a text node, one element for each line on which they stand.
  function lines(node, origin) {
    const style = getComputedStyle(node.parentElement), range = document.createRange(), found = [];
    for (const word of node.data.matchAll(/\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      const last = found[found.length - 1];
      if (last && Math.abs(last.top - box.top) < 2) last.words += ` ${word[0]}`;
      else found.push({ top: box.top, left: box.left, height: box.height, words: word[0] });
    }
    return found.map((line) => {
      const text = element("text", {
        x: line.left - origin.left, y: line.top - origin.top + 0.76 * line.height, fill: style.color,
        "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight, "font-style": style.fontStyle,
      });
      text.textContent = line.words;
      return text;
    });
  }

  function drawn(figure) {
    const origin = figure.getBoundingClientRect(), parts = [];
    const walk = document.createTreeWalker(figure, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      if (node.matches("button, .unseen, .hint") || getComputedStyle(node).display === "none") return NodeFilter.FILTER_REJECT;
      return node.parentElement.closest("svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.nodeType === Node.TEXT_NODE) {
        if (!node.parentElement.closest("svg") && shown(node.parentElement)) parts.push(...lines(node, origin));
      } else if (node.localName === "svg") parts.push(drawing(node, origin));
      else if (node.matches(".dot")) {
        const box = node.getBoundingClientRect();
        parts.push(element("rect", { x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height, rx: 2, fill: plain(getComputedStyle(node).backgroundColor) }));
      }
    }
    const heading = `${document.querySelector("h1").textContent.replace(/\s+/g, " ").trim()} · ${document.querySelector(".brand-record").textContent}`;
    const width = Math.max(origin.width, ...[...figure.querySelectorAll("svg")].map((one) => one.getBoundingClientRect().right - origin.left)) + 2 * MARGIN;
    const height = origin.height + 2 * MARGIN + 24;
    const style = getComputedStyle(figure), whole = element("svg", { xmlns: NAMESPACE, width, height, viewBox: `0 0 ${width} ${height}` });
    const title = element("text", { x: MARGIN, y: MARGIN + 12, fill: style.color, "font-family": style.fontFamily, "font-size": 15, "font-weight": 600 });
    const body = element("svg", { x: MARGIN, y: MARGIN + 24, width: width - MARGIN, height: height - MARGIN - 24 });
    title.textContent = heading;
    body.append(...parts);
    const paper = getComputedStyle(document.querySelector(".top")).backgroundColor;
    whole.append(element("rect", { width, height, fill: paper }), title, body);
    return new XMLSerializer().serializeToString(whole);
  }

  function save(figure) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([drawn(figure)], { type: "image/svg+xml" }));
    link.download = `${figure.classList[0]}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function offer() {
    for (const caption of document.querySelectorAll("figure > figcaption")) {
      if (caption.querySelector("[data-save-figure]")) continue;
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button small", textContent: "Save as SVG" });
      button.dataset.saveFigure = "";
      caption.append(button);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save-figure]");
    if (button) save(button.closest("figure"));
  });
  document.addEventListener("htmx:afterSettle", offer);
  offer();
})();
