/* The municipalities on the map: shaded where the boundary is known, a circle on the seat
   where not. Keeps what it drew, so that focus survives a change of filter. */
"use strict";

window.Parelkaart = window.Parelkaart || {};

(function (ns) {
  const CLASSES = 4;
  const LARGEST = 28;
  const SMALLEST = 8;
  const NAMES_FROM_ZOOM = 10;
  const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  ns.praktijken = (count) => `${count} ${count === 1 ? "praktijk" : "praktijken"}`;

  ns.element = function (tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  /* The highest count of each class: steps of the same proportion, few for small numbers. */
  function classLimits(counts) {
    const most = Math.max(0, ...counts);
    const limits = new Set();
    for (let step = 1; step <= Math.min(CLASSES, most); step += 1) {
      limits.add(most <= CLASSES ? step : Math.round(most ** (step / CLASSES)));
    }
    return [...limits];
  }

  const level = (count, limits) => (count ? limits.findIndex((limit) => count <= limit) + 1 : 0);

  /* The surface of the circle says the number, not its width. */
  function radius(count, most) {
    return count ? Math.max(SMALLEST, LARGEST * Math.sqrt(count / most)) : SMALLEST;
  }

  class Areas {
    /* `choose(properties, layer)` is called on click, Enter and the space bar. */
    constructor(map, panel, choose) {
      Object.assign(this, { map, panel, choose, bySlug: new Map(), order: [], active: 0 });
      map.createPane("outlines").classList.add("map-outlines");
      map.createPane("counts").classList.add("map-counts");
      this.renderer = L.svg({ pane: "outlines", padding: 0 });
      this.hint = [...panel.childNodes];
      this.selection = L.layerGroup().addTo(map);
      map.on("zoomend", () => this.showNames());
      this.showNames();
    }

    showNames() {
      const near = this.map.getZoom() >= NAMES_FROM_ZOOM;
      this.map.getContainer().classList.toggle("map--names", near);
    }

    get bounds() {
      const all = L.latLngBounds([]);
      this.bySlug.forEach(({ layer }) => {
        all.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
      });
      return all;
    }

    update(collection, boundaries) {
      const features = collection.features;
      const counts = features.map((feature) => feature.properties.available);
      this.limits = classLimits(counts);
      this.most = Math.max(1, ...counts);
      /* Large circles first, so that they lie under the small ones. */
      const size = (feature) => (boundaries.has(feature.id) ? 0 : feature.properties.available);
      [...features].sort((a, b) => size(b) - size(a)).forEach((feature) => {
        if (!this.bySlug.has(feature.id)) this.draw(feature, boundaries);
      });
      this.order = features.map((feature) => this.bySlug.get(feature.id)).filter(Boolean);
      this.order.forEach((area, index) => {
        area.element.setAttribute("tabindex", index === this.active ? "0" : "-1");
      });
      features.forEach((feature) => {
        const area = this.bySlug.get(feature.id);
        if (area) this.refresh(area, feature.properties);
      });
      this.outlineSelection();
    }

    draw(feature, boundaries) {
      const boundary = boundaries.get(feature.id);
      if (!boundary && !feature.geometry) return;
      const style = { className: "map-area", bubblingMouseEvents: false };
      const at = feature.geometry && L.GeoJSON.coordsToLatLng(feature.geometry.coordinates);
      const layer = boundary
        ? L.GeoJSON.geometryToLayer(boundary, style)
        : L.circleMarker(at, { ...style, className: "map-area map-area--circle" });
      if (boundary) Object.assign(layer.options, style);
      layer.addTo(this.map);
      const area = { layer, isCircle: !boundary, element: layer.getElement() };
      area.label = this.drawLabel(at || layer.getBounds().getCenter(), feature.properties.name);
      this.bySlug.set(feature.id, area);
      this.listen(area);
    }

    drawLabel(at, name) {
      const label = ns.element("span", "map-count");
      label.append(ns.element("b"), ns.element("span", "map-count__name", name));
      const icon = L.divIcon({ className: "map-count-anchor", html: label, iconSize: [0, 0] });
      const marker = L.marker(at, { icon, interactive: false, keyboard: false, pane: "counts" });
      marker.addTo(this.map).getElement().setAttribute("aria-hidden", "true");
      return label;
    }

    listen(area) {
      const { element, layer } = area;
      element.setAttribute("role", "button");
      layer.on("mouseover", () => this.point(area));
      layer.on("mouseout", () => this.leave(area));
      layer.on("click", () => this.choose(area.properties, layer));
      element.addEventListener("focus", () => this.focused(area));
      element.addEventListener("blur", () => this.leave(area));
      element.addEventListener("keydown", (event) => this.pressed(event, area));
    }

    refresh(area, properties) {
      const count = properties.available;
      area.properties = properties;
      area.element.dataset.level = level(count, this.limits);
      area.element.setAttribute("aria-pressed", String(Boolean(properties.selected)));
      area.element.setAttribute("aria-label", `${properties.name}, ${ns.praktijken(count)}`);
      area.label.firstChild.textContent = count || "";
      area.label.classList.toggle("map-count--empty", !count);
      area.label.classList.toggle("map-count--in-circle", area.isCircle);
      if (area.isCircle) area.layer.setRadius(radius(count, this.most));
      if (this.pointedAt === area) this.describe(area);
    }

    outline(area, kind) {
      const style = { interactive: false, fill: false, renderer: this.renderer };
      style.className = `map-outline map-outline--${kind}`;
      return area.isCircle
        ? L.circleMarker(area.layer.getLatLng(), { ...style, radius: area.layer.getRadius() + 3 })
        : L.polygon(area.layer.getLatLngs(), style);
    }

    outlineSelection() {
      this.selection.clearLayers();
      this.order
        .filter((area) => area.properties.selected)
        .forEach((area) => this.selection.addLayer(this.outline(area, "selected")));
      if (this.pointedAt) this.point(this.pointedAt); // on top
    }

    point(area) {
      if (this.pointer) this.pointer.remove();
      const kind = area.element.matches(":focus-visible") ? "focus" : "hover";
      this.pointer = this.outline(area, kind).addTo(this.map);
      this.pointedAt = area;
      this.describe(area);
    }

    leave(area) {
      if (this.pointedAt !== area) return;
      if (this.pointer) this.pointer.remove();
      this.pointedAt = null;
      this.panel.replaceChildren(...this.hint);
    }

    describe({ properties }) {
      const { name, available, titles, selected } = properties;
      const parts = [ns.element("p", "map__panel-title", `${name}: ${ns.praktijken(available)}`)];
      if (titles.length) {
        const list = ns.element("ul");
        titles.forEach((title) => list.append(ns.element("li", "", title)));
        const more = properties.count - titles.length;
        if (more > 0) list.append(ns.element("li", "", `en nog ${more}`));
        parts.push(list);
      }
      if (selected) parts.push(ns.element("p", "", "Gekozen. Kies nog een keer om weg te halen."));
      this.panel.replaceChildren(...parts);
    }

    focused(area) {
      this.order[this.active].element.setAttribute("tabindex", "-1");
      area.element.setAttribute("tabindex", "0");
      this.active = this.order.indexOf(area);
      const at = area.isCircle ? area.layer.getLatLng() : area.layer.getBounds().getCenter();
      if (area.element.matches(":focus-visible") && !this.map.getBounds().contains(at)) {
        this.map.panTo(at);
      }
      this.point(area);
    }

    pressed(event, area) {
      const last = this.order.length - 1;
      const index = this.order.indexOf(area);
      if (event.key === "Enter" || event.key === " ") {
        this.choose(area.properties, area.layer);
      } else if (event.key in KEYS) {
        const next = (index + KEYS[event.key] + this.order.length) % this.order.length;
        this.order[next].element.focus();
      } else if (event.key === "Home" || event.key === "End") {
        this.order[event.key === "Home" ? 0 : last].element.focus();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }

    drawLegend(box) {
      if (this.order.every((area) => area.isCircle)) {
        box.replaceChildren("Het getal is het aantal praktijken. Een grotere cirkel: meer praktijken.");
        return;
      }
      const limits = this.limits;
      const rows = limits.map((limit, index) => {
        const from = (limits[index - 1] || 0) + 1;
        return [index + 1, from === limit ? `${limit}` : `${from}–${limit}`];
      });
      const list = ns.element("ul");
      [[0, "0"], ...rows].forEach(([number, words]) => {
        const item = ns.element("li", "", words);
        const sample = ns.element("span", "map__sample");
        sample.dataset.level = number;
        item.prepend(sample);
        list.append(item);
      });
      box.replaceChildren(ns.element("span", "", "Praktijken per gemeente:"), list);
      if (this.order.some((area) => area.isCircle)) {
        box.append(ns.element("span", "", "Een grotere cirkel: meer praktijken."));
      }
    }
  }

  ns.Areas = Areas;
})(window.Parelkaart);
