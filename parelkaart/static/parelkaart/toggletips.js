// Explanations open and close by themselves (<details>); this closes them the way people expect.
"use strict";

{
  const open = () => document.querySelector("details.tip[open]");

  document.addEventListener("keydown", (event) => {
    const tip = open();
    if (event.key !== "Escape" || !tip) return;
    const had = tip.contains(document.activeElement);
    tip.open = false;
    if (had) tip.querySelector("summary").focus();
  });

  document.addEventListener("click", (event) => {
    const tip = open();
    if (tip && !tip.contains(event.target)) tip.open = false;
  });
}
