// Built from web/src/figure.ts by `make web`; change that file, not this one.
"use strict";
(function() {
	// src/drawing.ts
	var NAMESPACE = "http://www.w3.org/2000/svg";
	var STYLES = [
		"fill",
		"fill-opacity",
		"stroke",
		"stroke-width",
		"stroke-opacity",
		"stroke-dasharray",
		"stroke-linecap",
		"paint-order",
		"font-family",
		"font-size",
		"font-weight",
		"text-anchor"
	];
	var LEFT_OUT = [
		"class",
		"href",
		"aria-label",
		"role",
		"tabindex",
		"data-brush"
	];
	var UNPAINTED = [
		"g",
		"a",
		"svg",
		"title"
	];
	/** What is there to be pointed at. */
	var FOR_POINTERS = ".pick, .brush";
	var MARGIN = 16;
	var HEADING = 24;
	function element(name, told = {}) {
		const made = document.createElementNS(NAMESPACE, name);
		for (const [key, value] of Object.entries(told)) made.setAttribute(key, String(value));
		return made;
	}
	function shown(node) {
		const style = getComputedStyle(node);
		return style.visibility !== "hidden" && style.display !== "none";
	}
	/** Mixed colours as every program reads them. */
	function plain(value) {
		return value.replace(/color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)\)/g, (_, ...parts) => `rgb(${parts.slice(0, 3).map((part) => Math.round(255 * Number(part))).join(", ")})`);
	}
	function writeStyles(node, twin) {
		for (const name of LEFT_OUT) twin.removeAttribute(name);
		if (UNPAINTED.includes(node.localName)) return;
		const style = getComputedStyle(node);
		for (const name of STYLES) {
			const value = plain(style.getPropertyValue(name));
			if (name === "fill" || name === "stroke" || value && value !== "normal" && value !== "none") twin.setAttribute(name, value);
		}
	}
	/** A chart whose styles are written into its elements; links and scripts' marks are left out. */
	function chartOf(chart, origin) {
		const box = chart.getBoundingClientRect(), copy = chart.cloneNode(true);
		const twins = [copy, ...copy.querySelectorAll("*")], hidden = [];
		for (const [i, node] of [chart, ...chart.querySelectorAll("*")].entries()) {
			const twin = twins[i];
			if (node !== chart && node.localName !== "title" && (!shown(node) || node.matches(FOR_POINTERS))) hidden.push(twin);
			writeStyles(node, twin);
		}
		for (const twin of hidden) twin.remove();
		for (const link of copy.querySelectorAll("a")) {
			const group = element("g");
			group.append(...link.childNodes);
			link.replaceWith(group);
		}
		const place = {
			x: box.left - origin.left,
			y: box.top - origin.top,
			width: box.width,
			height: box.height
		};
		for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
		return copy;
	}
	/** The words of a text node, one element for each line on which they stand. */
	function linesOf(node, parent, origin) {
		const style = getComputedStyle(parent), range = document.createRange(), found = [];
		for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
			range.setStart(node, index);
			range.setEnd(node, index + word.length);
			const box = range.getBoundingClientRect(), last = found.at(-1);
			if (!box.width) continue;
			if (last && Math.abs(last.top - box.top) < 2) last.words += ` ${word}`;
			else found.push({
				top: box.top,
				left: box.left,
				height: box.height,
				words: word
			});
		}
		return found.map((line) => {
			const text = element("text", {
				x: line.left - origin.left,
				y: line.top - origin.top + .76 * line.height,
				fill: style.color,
				"font-family": style.fontFamily,
				"font-size": style.fontSize,
				"font-weight": style.fontWeight,
				"font-style": style.fontStyle
			});
			text.textContent = line.words;
			return text;
		});
	}
	/** A dot of the legend. */
	function dotOf(node, origin) {
		const box = node.getBoundingClientRect();
		return element("rect", {
			x: box.left - origin.left,
			y: box.top - origin.top,
			width: box.width,
			height: box.height,
			rx: 2,
			fill: plain(getComputedStyle(node).backgroundColor)
		});
	}
	function wanted(node) {
		if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
		return node.matches("button, .unseen, .hint") || getComputedStyle(node).display === "none" || node.parentElement?.closest("svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
	}
	/** Everything that is drawn in a figure, in its order. */
	function partsOf(figure, origin) {
		const parts = [];
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
	function wordsOf(node) {
		return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
	}
	function textOf(selector) {
		return wordsOf(document.querySelector(selector));
	}
	/** The text of an SVG file: the figure under a heading that names the page, what is chosen, and the record. */
	function drawn(figure) {
		const origin = figure.getBoundingClientRect(), style = getComputedStyle(figure);
		const rights = [...figure.querySelectorAll("svg")].map((one) => one.getBoundingClientRect().right - origin.left);
		const width = Math.max(origin.width, ...rights) + 32, height = origin.height + 32 + HEADING;
		const whole = element("svg", {
			xmlns: NAMESPACE,
			width,
			height,
			viewBox: `0 0 ${width} ${height}`
		});
		const title = element("text", {
			x: MARGIN,
			y: 28,
			fill: style.color,
			"font-family": style.fontFamily,
			"font-size": 15,
			"font-weight": 600
		});
		const body = element("svg", {
			x: MARGIN,
			y: 40,
			width: width - MARGIN,
			height: height - MARGIN - HEADING
		});
		const chosen = [...document.querySelectorAll(".chips .chip:not(.clear)")].map((chip) => wordsOf(chip).replace(/ ×$/, ""));
		title.textContent = [
			textOf("h1"),
			...chosen,
			textOf(".brand-record")
		].join(" · ");
		body.append(...partsOf(figure, origin));
		const paper = getComputedStyle(document.querySelector(".top") ?? document.body).backgroundColor;
		whole.append(element("rect", {
			width,
			height,
			fill: paper
		}), title, body);
		return new XMLSerializer().serializeToString(whole);
	}
	// src/page.ts
	/** The nearest element around the target of an event that a selector fits. */
	function around(event, selector) {
		return event.target instanceof Element ? event.target.closest(selector) : null;
	}
	function all(selector, within = document) {
		return [...within.querySelectorAll(selector)];
	}
	/** Done now, and whenever htmx has put something new into the page. */
	function nowAndAfterSwaps(act) {
		document.addEventListener("htmx:afterSettle", act);
		act();
	}
	// src/figure.ts
	function save(figure) {
		const link = document.createElement("a");
		link.href = URL.createObjectURL(new Blob([drawn(figure)], { type: "image/svg+xml" }));
		link.download = `${figure.classList[0] ?? "figure"}.svg`;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
	}
	document.addEventListener("click", (event) => {
		const figure = around(event, "[data-save-figure]")?.closest("figure");
		if (figure) save(figure);
	});
	nowAndAfterSwaps(() => {
		for (const caption of all("figure > figcaption")) {
			if (caption.querySelector("[data-save-figure]")) continue;
			const button = document.createElement("button");
			Object.assign(button, {
				type: "button",
				className: "button small",
				textContent: "Save as SVG"
			});
			button.dataset.saveFigure = "";
			caption.append(button);
		}
	});
})();
