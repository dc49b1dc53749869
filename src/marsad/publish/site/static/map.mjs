// Replaces the drawn map by one that moves, where the browser can; the drawing stays wherever anything is missing.
// Everything comes from this site: no tiles, no glyphs, no other server.

const figure = document.getElementById("map");
const drawn = figure.querySelector(".static-map");
const lang = figure.dataset.lang;
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const font = lang === "ar" ? "IBM Plex Sans Arabic" : "IBM Plex Sans";

function hatching(ink) {
  const size = 12, canvas = new OffscreenCanvas(size, size), pen = canvas.getContext("2d");
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
    pen.stroke();
  }
  return pen.getImageData(0, 0, size, size);
}

function words(properties) {
  const box = document.createElement("div"), title = document.createElement("h3"), list = document.createElement("ul");
  title.textContent = properties[`name_${lang}`];
  for (const line of properties[`lines_${lang}`]) {
    const item = document.createElement("li"), link = document.createElement("a"), number = document.createElement("bdi");
    link.href = `${figure.dataset.home}incident/${line.code}.html`;
    link.textContent = line.when;
    number.textContent = ` ${line.killed}`;
    item.append(link, number);
    list.append(item);
  }
  box.dir = lang === "ar" ? "rtl" : "ltr";
  box.append(title, list);
  return box;
}

function style(land, marks) {
  const of = (kind) => ["==", ["get", "kind"], kind];
  const discs = ["in", ["get", "kind"], ["literal", ["place", "near"]]];
  const disc = (radius, opacity) => ({ "circle-radius": ["get", radius], "circle-color": colour("killed"), "circle-opacity": opacity });
  const name = { "text-field": ["get", `name_${lang}`], "text-font": [font], "text-size": 14 };
  const halo = { "text-color": colour("ink"), "text-halo-color": colour("land"), "text-halo-width": 2 };
  return {
    version: 8,
    sources: { land: { type: "geojson", data: land }, marks: { type: "geojson", data: marks } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "ground", type: "fill", source: "land", filter: ["in", ["get", "kind"], ["literal", ["ground", "province"]]], paint: { "fill-color": colour("land"), "fill-antialias": false } },
      { id: "province", type: "line", source: "land", filter: of("province"), paint: { "line-color": colour("border"), "line-width": 0.75, "line-opacity": 0.6 } },
      { id: "border", type: "line", source: "land", filter: of("border"), paint: { "line-color": colour("border"), "line-width": 1.5 } },
      { id: "area-line", type: "line", source: "marks", filter: of("area"), paint: { "line-color": colour("killed"), "line-width": 1.5 } },
      { id: "maybe", type: "circle", source: "marks", filter: discs, paint: disc("r_high", 0.3) },
      { id: "sure", type: "circle", source: "marks", filter: discs, paint: disc("r_low", 1) },
      { id: "country-name", type: "symbol", source: "land", filter: of("name"), layout: { ...name, "text-field": ["get", lang === "ar" ? "name_ar" : "name"], "text-size": 13 }, paint: { ...halo, "text-color": colour("soft") } },
      { id: "name", type: "symbol", source: "marks", filter: discs, layout: { ...name, "text-size": 16, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": ["+", 0.4, ["/", ["get", "r_high"], 16]] }, paint: halo },
      { id: "area-name", type: "symbol", source: "marks", filter: of("label"), layout: { ...name, "text-size": 16 }, paint: halo },
    ],
  };
}

// The slider shows what had happened by a day: each disc is drawn anew from the incidents up to then.
function slide(map, marks) {
  const days = [...new Set(marks.features.flatMap(({ properties }) => (properties.days ?? []).map(([day]) => day)))].filter(Boolean).sort();
  if (days.length < 2) return;
  const radius = (n) => (n <= 0 ? 0 : Math.max(3.5, 26 * Math.sqrt(n / Math.max(marks.largest, 1))));
  const written = new Intl.DateTimeFormat(lang === "ar" ? "ar-u-nu-arab-ca-gregory" : "en-GB", { dateStyle: "long", timeZone: "UTC" });
  const box = document.createElement("p"), label = document.createElement("label"), slider = document.createElement("input"), day = document.createElement("output");
  label.textContent = figure.dataset.slider;
  label.htmlFor = slider.id = "until";
  Object.assign(slider, { type: "range", min: 0, max: days.length - 1, step: 1, value: days.length - 1 });
  const name = () => (Number(slider.value) === days.length - 1 ? figure.dataset.all : written.format(new Date(`${days[slider.value]}T00:00:00Z`)));
  const show = () => {
    const last = days[slider.value], all = Number(slider.value) === days.length - 1;
    day.value = name();
    slider.setAttribute("aria-valuetext", day.value);
    const features = marks.features.flatMap((feature) => {
      if (all) return [feature];
      const happened = (feature.properties.days ?? feature.properties.of ?? []).filter(([when]) => !when || when <= last);
      if (!happened.length) return [];
      const [low, high] = happened.reduce(([a, b], [, x, y]) => [a + x, b + y], [0, 0]);
      return [{ ...feature, properties: { ...feature.properties, r_low: radius(low), r_high: radius(high) } }];
    });
    map.getSource("marks").setData({ ...marks, features });
    figure.dataset.shown = features.filter(({ properties }) => properties.days).length;
  };
  slider.addEventListener("input", show);
  box.className = "until";
  box.append(label, slider, day);
  figure.insertBefore(box, figure.querySelector("figcaption"));
  day.value = name();
  slider.setAttribute("aria-valuetext", day.value);
}

async function replace() {
  const [land, marks] = await Promise.all([figure.dataset.land, figure.dataset.marks].map(async (path) => (await fetch(path)).json()));
  const { Map, NavigationControl, Popup, setWorkerUrl } = await import("./maplibre/maplibre-gl.mjs");
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("maplibre/maplibre-gl.css", import.meta.url) });
  await Promise.all([new Promise((done, fail) => { sheet.onload = done; sheet.onerror = fail; document.head.append(sheet); }), document.fonts.load(`14px "${font}"`, lang === "ar" ? "الرقة" : "Raqqa")]);
  setWorkerUrl(new URL("maplibre/maplibre-gl-worker.mjs", import.meta.url).href);
  marks.features.forEach((feature, n) => { feature.id = n; });
  for (const { properties } of marks.features.filter((feature) => feature.properties.at)) {
    const label = { kind: "label", of: properties.days, [`name_${lang}`]: properties[`name_${lang}`] };
    marks.features.push({ type: "Feature", geometry: { type: "Point", coordinates: properties.at }, properties: label });
  }
  const live = Object.assign(document.createElement("div"), { className: "live" });
  figure.insertBefore(live, drawn);
  const [west, south, east, north] = land.bbox, room = [(east - west) / 4, (north - south) / 4];
  const locale = { "NavigationControl.ZoomIn": figure.dataset.zoomIn, "NavigationControl.ZoomOut": figure.dataset.zoomOut, "Popup.Close": figure.dataset.close, "Map.Title": figure.dataset.region };
  const map = new Map({ container: live, style: style(land, marks), bounds: [west, south, east, north], maxBounds: [west - room[0], south - room[1], east + room[0], north + room[1]], attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: false, scrollZoom: false, locale });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), lang === "ar" ? "top-left" : "top-right");
  map.on("style.load", () => {
    map.addImage("hatch", hatching(colour("unknown")), { pixelRatio: 2 });
    map.addLayer({ id: "area", type: "fill", source: "marks", filter: ["==", ["get", "kind"], "area"], paint: { "fill-pattern": "hatch" } }, "area-line");
  });
  map.on("load", () => { drawn.style.display = "none"; figure.dataset.live = "yes"; });
  slide(map, marks);
  map.on("click", ["maybe", "sure", "area"], ({ features, lngLat }) => {
    const chosen = marks.features[features[0].id];
    new Popup({ maxWidth: "18rem" }).setLngLat(chosen.properties.at ?? (chosen.geometry.type === "Point" ? chosen.geometry.coordinates : lngLat)).setDOMContent(words(chosen.properties)).addTo(map);
  });
  for (const layer of ["maybe", "sure", "area"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}

if (figure && window.WebGL2RenderingContext) replace();
