/* Under the title of a new practice: entries that may be about the same. The server finds them. */
"use strict";

const PAUSE = 400; // milliseconds without a key

document.addEventListener("DOMContentLoaded", () => {
  const title = document.querySelector("[data-duplicates-url]");
  if (!title) return;

  const shown = document.createElement("div");
  shown.className = "duplicates";
  shown.setAttribute("role", "status");
  title.closest(".form-row").append(shown);

  let waiting = 0;
  let asking = null;

  async function look() {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(title.dataset.duplicatesUrl, location.href);
    url.searchParams.set("titel", title.value);
    try {
      const answer = await fetch(url, { signal: asking.signal });
      // Signed out in the meantime: the page of signing in is no answer.
      const html = answer.ok && !answer.redirected ? await answer.text() : "";
      if (html.trim() !== shown.innerHTML.trim()) shown.innerHTML = html;
    } catch (error) {
      if (error.name !== "AbortError") shown.replaceChildren();
    }
  }

  title.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  if (title.value) look();
});
