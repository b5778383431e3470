/* The pages about a selection. Everything is a link already; this keeps the selection of the
   browser (selection.js) in step with what is done here. */
"use strict";

{
  const mine = window.parelkaartSelection;
  const page = document.getElementById("take-along");
  const same = (one, other) => one.join(" ") === other.join(" ");
  const inAddress = (url) => new URL(url).searchParams.getAll("praktijk");

  const shown = page.dataset.slugs ? page.dataset.slugs.split(" ") : [];

  /* The address says what this page is about; without one it is about what is kept here. */
  const fill = () => {
    const kept = mine.read();
    if (!inAddress(location.href).length && kept.length) {
      location.replace(mine.address(location.pathname, kept));
    }
  };

  /* What the server left out or renamed is so in the address and in the browser too. */
  const clean = () => {
    const asked = inAddress(location.href);
    if (same(asked, shown)) return;
    if (same(asked, mine.read())) mine.write(shown);
    const url = new URL(location.href);
    url.searchParams.delete("praktijk");
    shown.forEach((slug) => url.searchParams.append("praktijk", slug));
    history.replaceState(history.state, "", url);
  };

  /* Only the server knows which practice was meant by what somebody pasted. */
  const ADDED = "parelkaart.selectie.toegevoegd";
  const keepAdded = () => {
    if (sessionStorage.getItem(ADDED)) mine.write(shown);
    sessionStorage.removeItem(ADDED);
  };

  const isMine = () => same(shown, mine.read());

  const showWhose = () => {
    const foreign = !isMine();
    page.querySelectorAll("[data-only-foreign]").forEach((part) => { part.hidden = !foreign; });
  };

  const takeOver = () => {
    const all = [...new Set([...mine.read(), ...shown])];
    mine.write(all);
    location.assign(mine.address(location.pathname, all.slice(0, mine.maximum)));
  };

  const copy = async () => {
    const field = document.getElementById("share-url");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      mine.say("Het adres is gekopieerd.");
    } catch {
      mine.say("Kopiëren lukte niet. Het adres is geselecteerd: kopieer het zelf.");
    }
  };

  if (mine) {
    fill();
    clean();
    keepAdded();
    showWhose();
    page.querySelector("[data-add]")?.addEventListener("submit", () => {
      if (isMine()) sessionStorage.setItem(ADDED, "1");
    });
    page.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
    page.addEventListener("click", (event) => {
      const edit = event.target.closest("[data-edit]");
      if (edit && isMine()) mine.write(inAddress(edit.href));
      if (event.target.closest("[data-take-over]")) takeOver();
      if (event.target.closest("[data-copy]")) copy();
    });
    window.addEventListener("pageshow", showWhose);
  }
}
