/* Puts the map together. Without this file the page is a list per municipality. */
"use strict";

(function (ns) {
  const config = JSON.parse(document.getElementById("map-config").textContent);
  const byId = (id) => document.getElementById(id);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pending = {};

  ns.linkItem = function (text, url) {
    const item = ns.element("li");
    const link = ns.element("a", "", text);
    link.href = url;
    if (config.embedded) {
      link.target = "_blank";
      link.rel = "noopener";
    }
    item.append(link);
    return item;
  };

  /* A newer question of the same kind makes the answer to the older one useless. */
  async function getJson(url, kind) {
    if (pending[kind]) pending[kind].abort();
    pending[kind] = new AbortController();
    const response = await fetch(url, { signal: pending[kind].signal });
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response.json();
  }

  function makeMap() {
    const map = L.map("map-canvas", {
      zoomControl: false, minZoom: 6, maxZoom: 18, zoomSnap: 0.25, scrollWheelZoom: false,
      renderer: L.svg({ padding: 0 }), // nothing of it outside the frame
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    L.control.zoom({
      zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen",
      zoomOutText: '<span aria-hidden="true">-</span>',
    }).addTo(map);
    map.attributionControl.setPrefix(false);
    if (still) {
      const { panBy } = map;
      map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
    }
    /* The wheel moves the page, until somebody is clearly busy with the map. */
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    return map;
  }

  function addTiles(map) {
    if (!config.tiles) return;
    const { url, attribution } = config.tiles;
    const tiles = L.tileLayer(url, { attribution, maxZoom: 19 });
    let loaded = 0;
    tiles.on("tileload", () => { loaded += 1; });
    tiles.on("tileerror", () => {
      if (loaded) return;
      tiles.remove();
      byId("map-tiles-note").hidden = false;
    });
    tiles.addTo(map);
  }

  function fit(map, areas) {
    const [west, south, east, north] = config.extent;
    const bounds = areas && areas.bounds.isValid() ? areas.bounds : [[south, west], [north, east]];
    const panel = byId("map-panel");
    const beside = getComputedStyle(panel).position === "absolute" ? panel.offsetWidth : 0;
    map.fitBounds(bounds, {
      paddingTopLeft: [12, 12], paddingBottomRight: [12 + beside, 12], animate: !still,
    });
  }

  /* The filters beside the map are the only place where a choice lives. */
  function toggle(properties) {
    const form = byId("finder-form");
    const boxOf = (slug) => form.querySelector(`[name="gemeente"][value="${CSS.escape(slug)}"]`);
    const own = boxOf(properties.slug);
    if (!own || (own.disabled && !properties.selected)) return;
    const all = [own, ...(properties.merged || []).map(boxOf)].filter(Boolean);
    if (properties.selected) all.forEach((box) => { box.checked = false; });
    else own.checked = true;
    if (window.htmx) own.dispatchEvent(new Event("change", { bubbles: true }));
    else form.submit();
  }

  function openPopup(map, properties, layer) {
    const content = ns.element("div");
    const title = `${properties.name}: ${ns.praktijken(properties.count)}`;
    content.append(ns.element("p", "map__panel-title", title));
    if (properties.count) {
      const list = ns.element("ul");
      const words = config.embedded ? "Bekijk de lijst (nieuw venster)" : "Bekijk de lijst";
      list.append(ns.linkItem(words, properties.url));
      content.append(list);
    }
    const at = layer.getBounds ? layer.getBounds().getCenter() : layer.getLatLng();
    L.popup().setLatLng(at).setContent(content).openOn(map);
  }

  /* Asks the browser, which asks the visitor. The place stays in this page. */
  function offerNearby(map, say) {
    if (!navigator.geolocation || config.embedded) return;
    const button = byId("map-near");
    let here = null;
    button.hidden = false;
    button.addEventListener("click", () => {
      say("Uw plaats wordt gezocht…");
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        const at = [coords.latitude, coords.longitude];
        if (here) here.remove();
        const style = { radius: 7, className: "map-here", interactive: false };
        here = L.circleMarker(at, style).addTo(map);
        map.setView(at, 11, { animate: !still });
        say("Dit is uw buurt. Uw plaats wordt niet bewaard en niet verstuurd.");
      }, () => {
        say("Uw plaats is niet bekend. Misschien staat uw browser het niet toe.");
      }, { timeout: 10000, maximumAge: 60000 });
    });
  }

  const status = byId("map-status");

  function say(words) {
    status.textContent = words;
  }

  function sayFailure(again) {
    const button = ns.element("button", "map__button", "Probeer het opnieuw");
    button.type = "button";
    button.addEventListener("click", again);
    status.replaceChildren("De aantallen zijn nu niet te laden. De lijst hieronder klopt wel. ", button);
  }

  async function loadBoundaries(map) {
    if (!config.boundariesUrl) return new Map();
    try {
      const collection = await getJson(config.boundariesUrl, "boundaries");
      map.attributionControl.addAttribution(config.boundariesAttribution);
      return new Map(collection.features.map((feature) => [feature.id, feature]));
    } catch {
      return new Map(); // circles say the same
    }
  }

  function start() {
    byId("map").hidden = false;
    document.documentElement.classList.add("has-map");
    const map = makeMap();
    fit(map);
    addTiles(map);
    const areas = new ns.Areas(map, byId("map-panel"), (properties, layer) => {
      /* In somebody else's page, and in a copy of the site, there is nothing to filter. */
      if (byId("finder-form")) toggle(properties);
      else openPopup(map, properties, layer);
    });
    const pins = new ns.Pins(map, getJson, say);
    const boundaries = loadBoundaries(map);
    let first = true;

    async function load() {
      const source = document.querySelector("[data-areas-url]").dataset;
      say("De aantallen worden geladen…");
      try {
        const collection = await getJson(source.areasUrl, "areas");
        areas.update(collection, await boundaries);
        areas.drawLegend(byId("map-legend"));
        if (first) fit(map, areas);
        first = false;
        say("");
        pins.url = source.pinsUrl;
        pins.load();
        byId("map").dataset.ready = source.areasUrl;
      } catch (error) {
        if (error.name !== "AbortError") sayFailure(load);
      }
    }

    byId("map-reset").addEventListener("click", () => fit(map, areas));
    offerNearby(map, say);
    document.body.addEventListener("htmx:afterSettle", (event) => {
      if (event.detail.target.id === "finder-results") load();
    });
    document.body.addEventListener("click", copyCode);
    new ResizeObserver(() => map.invalidateSize()).observe(byId("map-canvas"));
    load();
  }

  async function copyCode(event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = byId(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.parentElement.querySelector("[data-copied]").textContent = "De code is gekopieerd.";
    } catch {
      button.parentElement.querySelector("[data-copied]").textContent = "Kopieer de gekozen tekst zelf.";
    }
  }

  start();
})(window.Parelkaart);
