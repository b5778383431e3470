/* Below a photo of an admin form: the photo itself, to point at what has to stay in sight.
   The two number fields are the form; this only fills them in. See practices/admin/photo_form.py. */
"use strict";

(function () {
  const STEP = 5;
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const HINT = "Klik op wat er altijd te zien moet zijn, of verschuif het punt met de pijltjestoetsen.";

  const percent = (value) => Math.min(100, Math.max(0, Math.round(value)));

  function element(tag, className, text = "") {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function picture(alt) {
    const image = document.createElement("img");
    image.alt = alt;
    return image;
  }

  function build() {
    const holder = element("div", "focus-picker");
    const button = element("button", "focus-picker__photo");
    button.type = "button";
    const photo = picture("Kies het midden van de foto");
    const point = element("span", "focus-picker__point");
    button.append(photo, point);
    const card = element("figure", "focus-picker__card");
    const cut = picture("");
    card.append(cut, element("figcaption", "", "Zo staat de foto op een kaartje."));
    const said = element("p", "focus-picker__said");
    said.setAttribute("role", "status");
    holder.append(element("p", "focus-picker__hint", HINT), button, card, said);
    holder.hidden = true;
    return { holder, button, photo, point, cut, said };
  }

  function start(row) {
    const inputs = ["x", "y"].map((axis) => row.querySelector(`[data-focus="${axis}"]`));
    const file = row.querySelector("input[type=file]");
    if (row.querySelector(".focus-picker") || inputs.some((input) => !input) || !file) {
      return;
    }
    const parts = build();
    const { holder, button, photo, point, cut, said } = parts;
    inputs[0].closest(".form-row").append(holder);

    const read = () => inputs.map((input) => percent(input.value === "" ? 50 : Number(input.value) || 0));

    function show() {
      const [x, y] = read();
      point.style.insetInlineStart = `${x}%`;
      point.style.insetBlockStart = `${y}%`;
      cut.style.objectPosition = `${x}% ${y}%`;
    }

    function set(values) {
      inputs.forEach((input, index) => {
        input.value = percent(values[index]);
      });
      show();
      said.textContent = `Het punt staat op ${inputs[0].value}% van links en ${inputs[1].value}% van boven.`;
    }

    function use(address) {
      photo.src = address;
      cut.src = address;
      holder.hidden = false;
      show();
    }

    button.addEventListener("click", (event) => {
      if (event.detail === 0) {
        return; // Enter or the space bar: there is no place to go to.
      }
      const box = photo.getBoundingClientRect();
      const across = (event.clientX - box.left) / box.width;
      const down = (event.clientY - box.top) / box.height;
      set([across * 100, down * 100]);
    });
    button.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (move) {
        event.preventDefault();
        const now = read();
        set([now[0] + move[0] * STEP, now[1] + move[1] * STEP]);
      }
    });
    inputs.forEach((input) => input.addEventListener("input", show));
    // A file that cannot be shown (a format that the browser does not know) shows nothing.
    photo.addEventListener("error", () => {
      holder.hidden = true;
    });
    file.addEventListener("change", () => {
      holder.hidden = true;
      if (file.files.length) {
        const reader = new FileReader();
        reader.addEventListener("load", () => use(reader.result));
        reader.readAsDataURL(file.files[0]);
      }
    });
    const stored = row.querySelector(".file-upload a");
    if (stored) {
      use(stored.href);
    }
  }

  function startAll() {
    document.querySelectorAll("#photos-group .inline-related:not(.empty-form)").forEach(start);
  }

  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("formset:added", startAll);
})();
