/* The map below the two coordinates of an admin form. See municipalities/point_picker.py. */
"use strict";

(function () {
  const DECIMALS = 5;
  const CLOSE_UP = 15;
  const STYLE = { radius: 9, weight: 2, fillOpacity: 1, className: "point-picker-point" };

  const written = (degrees) => degrees.toFixed(DECIMALS).replace(".", ",");

  function read(input) {
    const text = input.value.trim().replace(",", ".");
    return text === "" ? NaN : Number(text);
  }

  function pointIn(inputs) {
    const [lat, lon] = inputs.map(read);
    const valid = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
    return valid ? L.latLng(lat, lon) : null;
  }

  function makeMap(box, config) {
    const [west, south, east, north] = config.extent;
    const map = L.map(box, { zoomControl: false, maxZoom: 18, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.fitBounds([[south, west], [north, east]]);
    if (config.tiles) {
      L.tileLayer(config.tiles.url, { attribution: config.tiles.attribution }).addTo(map);
    }
    new ResizeObserver(() => map.invalidateSize()).observe(box);
    return map;
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function start(holder) {
    const config = JSON.parse(holder.dataset.pointPicker);
    const fields = holder.closest("form").elements;
    const inputs = [fields.namedItem(config.lat), fields.namedItem(config.lon)];
    if (inputs.some((input) => !input)) {
      return;
    }

    const hint = element("p", "point-picker-hint", "Klik op de kaart om het punt te zetten.");
    const box = element("div", "point-picker-map", "");
    const clear = element("button", "button point-picker-clear", "Wis punt");
    clear.type = "button";
    holder.append(hint, box, clear);

    const map = makeMap(box, config);
    const marker = L.circleMarker([0, 0], STYLE);

    function show() {
      const point = pointIn(inputs);
      if (!point) {
        marker.remove();
        return null;
      }
      marker.setLatLng(point).addTo(map);
      return point;
    }

    function set(values) {
      inputs.forEach((input, index) => {
        input.value = values[index];
      });
      show();
    }

    map.on("click", (event) => {
      const point = event.latlng.wrap();
      set([written(point.lat), written(point.lng)]);
    });
    clear.addEventListener("click", () => set(["", ""]));
    inputs.forEach((input) => {
      input.addEventListener("input", () => {
        const point = show();
        if (point && !map.getBounds().contains(point)) {
          map.panTo(point);
        }
      });
    });

    const first = show();
    if (first) {
      map.setView(first, CLOSE_UP);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-point-picker]").forEach(start);
  });
})();
