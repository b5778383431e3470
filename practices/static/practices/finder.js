/* Makes the list update at once. Without this file, or when it fails, the form still works. */
"use strict";

const finder = document.getElementById("finder");
const form = document.getElementById("finder-form");

/* On a wide screen the filters stand beside the list. Style sheets can open a closed
   <details> only in newer browsers; in others the attribute does it. */
const wide = window.matchMedia("(min-width: 60rem)");
const needsOpening = !CSS.supports("selector(::details-content)");

function openOnWideScreens() {
  if (needsOpening && wide.matches) document.getElementById("filters").open = true;
}

/* The server does not know which facets a visitor unfolded: keep them as they were. */
function unfolded() {
  return new Map(Array.from(finder.querySelectorAll("details[id]"), (el) => [el.id, el.open]));
}

let before = new Map();
document.body.addEventListener("htmx:beforeSwap", () => { before = unfolded(); });
document.body.addEventListener("htmx:oobAfterSwap", () => {
  before.forEach((open, id) => {
    const details = document.getElementById(id);
    if (details) details.open = open;
  });
  openOnWideScreens();
});

/* No answer: ask again the ordinary way, so that the visitor sees what is wrong. */
["htmx:responseError", "htmx:sendError"].forEach((name) => {
  document.body.addEventListener(name, () => form.submit());
});

wide.addEventListener("change", openOnWideScreens);
openOnWideScreens();
