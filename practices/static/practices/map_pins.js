/* Practices with an exact place, for the part of the map in sight. Those that share a place
   open together. */
"use strict";

(function (ns) {
  const WAIT = 150;
  const DECIMALS = 4;

  function box(map) {
    const bounds = map.getBounds();
    const clamp = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(DECIMALS);
    return [
      clamp(bounds.getWest(), 180), clamp(bounds.getSouth(), 90),
      clamp(bounds.getEast(), 180), clamp(bounds.getNorth(), 90),
    ].join(",");
  }

  function byPlace(features) {
    const places = new Map();
    features.forEach((feature) => {
      const key = feature.geometry.coordinates.join();
      places.set(key, [...(places.get(key) || []), feature]);
    });
    return places;
  }

  class Pins {
    constructor(map, getJson, say) {
      Object.assign(this, { map, getJson, say, markers: new Map(), url: "", told: false });
      map.on("moveend", () => this.later());
      map.on("popupopen", (event) => this.opened(event.popup));
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), WAIT);
    }

    async load() {
      if (!this.url) return;
      const url = `${this.url}${this.url.includes("?") ? "&" : "?"}bbox=${box(this.map)}`;
      try {
        const collection = await this.getJson(url, "pins");
        this.show(byPlace(collection.features));
        const more = collection.left_out;
        const words = collection.note || `Nog ${more} plekken passen niet op de kaart. Zoom in om ze te zien.`;
        this.tell(more ? words : "");
      } catch (error) {
        if (error.name !== "AbortError") {
          this.tell("De precieze plekken zijn nu niet te laden. De lijst is wel volledig.");
        }
      }
    }

    /* The line is shared: having nothing to tell only takes back what was told here. */
    tell(words) {
      if (words || this.told) this.say(words);
      this.told = Boolean(words);
    }

    show(places) {
      const mark = (features) => features.map((feature) => feature.id).join();
      this.markers.forEach((marker, key) => {
        const features = places.get(key);
        if (features && mark(features) === marker.features) return;
        marker.layer.remove();
        this.markers.delete(key);
      });
      places.forEach((features, key) => {
        if (this.markers.has(key)) return;
        this.markers.set(key, { features: mark(features), layer: this.draw(features) });
      });
    }

    draw(features) {
      const at = L.GeoJSON.coordsToLatLng(features[0].geometry.coordinates);
      const one = features.length === 1;
      const html = ns.element("span", "map-pin", one ? "" : String(features.length));
      const icon = L.divIcon({ className: "map-pin-anchor", html, iconSize: [28, 28] });
      const marker = L.marker(at, { icon }).addTo(this.map);
      const place = features[0].properties.place;
      const what = one ? features[0].properties.title : `${ns.praktijken(features.length)} op één plek`;
      marker.getElement().setAttribute("aria-label", place ? `${what}, ${place}` : what);
      marker.bindPopup(() => this.list(features), { maxHeight: 240 });
      return marker;
    }

    list(features) {
      const content = ns.element("div");
      const place = features[0].properties.place;
      if (place) content.append(ns.element("p", "map__panel-title", place));
      const list = ns.element("ul");
      features.forEach(({ properties }) => list.append(ns.linkItem(properties.title, properties.url)));
      content.append(list);
      return content;
    }

    /* To the keyboard a popup lies far from its pin: bring the focus there and back. */
    opened(popup) {
      const element = popup.getElement();
      const from = document.activeElement;
      element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", "Sluiten");
      const first = element.querySelector(".leaflet-popup-content a");
      if (first) first.focus({ preventScroll: true });
      popup.once("remove", () => {
        const lost = element.contains(document.activeElement) || document.activeElement === document.body;
        if (lost && from instanceof Element && from.isConnected) from.focus({ preventScroll: true });
      });
    }
  }

  ns.Pins = Pins;
})(window.Parelkaart);
