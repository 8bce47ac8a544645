// Keys, copying, the menu, light and dark, saved selections, the coding beside a mark, the brush. Every page works
// without it.
import { listenForBrush } from "./brush.ts";
import { listenForButtons } from "./buttons.ts";
import { showCodings } from "./codings.ts";
import { keepFacets } from "./facets.ts";
import { listenForKeys } from "./keys.ts";
import { loadHtmxLate } from "./late.ts";
import { all, nowAndAfterSwaps } from "./page.ts";
import { keepSelections } from "./selections.ts";
import { sendOnce } from "./sending.ts";

loadHtmxLate();
listenForButtons();
listenForKeys();
keepFacets();
keepSelections();
showCodings();
listenForBrush();
sendOnce();

// A map that is wider than the page begins in its middle.
nowAndAfterSwaps(() => {
  for (const box of all(".map-box")) box.scrollLeft = 0.6 * (box.scrollWidth - box.clientWidth);
});
