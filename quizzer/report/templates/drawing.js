// Charts laid out by the rules of quizzer/report/shapes.py and scales.py, built as elements: no text becomes markup.
const TOP = 10;
const BASE = 150;
const SVG = "http://www.w3.org/2000/svg";
const make = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
};
const draw = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) if (attributes[key] !== null) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
};
const across = (value) => value.toFixed(2) + "%";
const down = (value) => value.toFixed(1);
const place = (value, low, high, start, end) =>
  high <= low ? start : start + Math.min(Math.max((value - low) / (high - low), 0), 1) * (end - start);
const ticksTo = (top, most = 4) => {
  if (top <= 1) return [0, 1];
  const power = 10 ** Math.max(Math.floor(Math.log10(top / most)), 0);
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size * most >= top);
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, i) => i * step);
};
const TIME_MARKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 18000, 36000];
const timeTicks = (low, high) => {
  const first = Math.max(TIME_MARKS.filter((time) => time <= low).length - 1, 0);
  const found = TIME_MARKS.findIndex((time) => time >= high);
  const last = found < 0 ? TIME_MARKS.length - 1 : found;
  return first < TIME_MARKS.length - 1 ? TIME_MARKS.slice(first, Math.max(last, first + 1) + 1) : TIME_MARKS.slice(-2);
};
const nearEdge = (at, text, minor) => {
  if (at < 6) return { at: Math.max(at - 1.5, 0), text, minor, anchor: "start" };
  return at > 94 ? { at: Math.min(at + 1.5, 100), text, minor, anchor: "end" } : { at, text, minor, anchor: "middle" };
};
const mark = (says, ...children) => {
  const made = draw("g", { class: "m" }, ...children);
  texts.set(made, says);
  return made;
};
const plotted = (height, says, ...children) =>
  draw("svg", { class: "plot", width: "100%", height, role: "img", "aria-label": says, tabindex: "0" }, ...children);
const frame = (says, downTicks, acrossTicks, marks) => make("div", { class: "chart" },
  draw("svg", { class: "axis", width: 40, height: 174, "aria-hidden": "true" },
    ...downTicks.map(([at, text]) => draw("text", { x: 34, y: down(at + 4), "text-anchor": "end" }, text))),
  plotted(174, says,
    ...downTicks.map(([at], i) => draw("line", { class: i ? "grid" : "grid base", x1: 0, x2: "100%", y1: down(at), y2: down(at) })),
    ...acrossTicks.map((tick) => draw("text", { class: tick.minor ? "minor" : null, x: across(tick.at), y: 168, "text-anchor": tick.anchor }, tick.text)),
    ...marks));
const legendOf = (pairs) => make("ul", { class: "legend" }, ...pairs.map(([name, text]) => make("li", {},
  draw("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": "true" },
    draw("rect", { class: name, x: 1, y: 1, width: 12, height: 12 })), text)));
const barChart = (says, columns, legend) => {
  const scale = ticksTo(Math.max(0, ...columns.map((column) => column.values.reduce((a, b) => a + b, 0))));
  const top = scale[scale.length - 1];
  const slot = 100 / Math.max(columns.length, 1);
  const labels = [];
  const bars = columns.map((column, i) => {
    const x = i * slot + slot * 0.14;
    const width = slot * 0.72;
    const parts = [draw("rect", { class: "hit", x: across(x - width * 0.19), y: 10, width: across(width * 1.38), height: 140 })];
    let base = BASE;
    column.values.forEach((value, k) => {
      const height = BASE - place(value, 0, top, BASE, TOP);
      if (value) parts.push(draw("rect", { class: legend[k][0], x: across(x), y: down(base - height), width: across(width), height: down(height) }));
      base -= height;
    });
    if (column.label) labels.push(nearEdge(i * slot + slot / 2, column.label, column.minor));
    return mark(column.says, ...parts);
  });
  const used = legend.filter((_, k) => columns.some((column) => column.values[k]));
  const drawn = frame(says, scale.map((value) => [place(value, 0, top, BASE, TOP), number(value)]), labels, bars);
  return legend.length > 1 && used.length ? [drawn, legendOf(used)] : [drawn];
};
const floorOf = (shares) => Math.min(1, ...shares.map((share) => share.value)) >= 0.6 ? 0.5 : 0;
const shareTicks = (floor) => {
  const steps = floor ? 5 : 4;
  return Array.from({ length: steps + 1 }, (_, i) => floor + (1 - floor) * i / steps);
};
const dotChart = (says, points, acrossTicks, floor, joined, foreseen) => {
  const at = (value) => place(value, floor, 1, BASE, TOP);
  const line = (name, [x1, y1], [x2, y2]) => draw("line", { class: name, x1: across(x1), y1: down(at(y1)), x2: across(x2), y2: down(at(y2)) });
  const pairs = (list, name) => list.slice(1).map((point, i) => line(name, list[i], point));
  return [frame(says, shareTicks(floor).map((value) => [at(value), percent(value)]), acrossTicks, [
    ...pairs(foreseen, "foreseen"),
    ...(joined ? pairs(points.map((point) => [point.x, point.share.value]), "join") : []),
    ...points.map((point) => mark(point.says,
      draw("line", { class: "reach", x1: across(point.x), x2: across(point.x), y1: down(at(point.share.low)), y2: down(at(point.share.high)) }),
      draw("circle", { class: point.share.total < 10 ? "hollow" : "dot", cx: across(point.x), cy: down(at(point.share.value)), r: 4 }))),
  ])];
};
const spanChart = (rows, acrossTicks) => [make("div", { class: "spans" }, ...rows.flatMap((row) => {
  const parts = [draw("rect", { class: "hit", x: 0, y: 0, width: "100%", height: 22 })];
  if (row.outer) parts.push(draw("line", { class: "outer", x1: across(row.outer[0]), x2: across(row.outer[1]), y1: 11, y2: 11 }));
  if (row.inner) parts.push(draw("rect", { class: "inner", x: across(row.inner[0]), y: 6, width: across(row.inner[1] - row.inner[0]), height: 10, rx: 2 }));
  if (row.expected !== undefined && row.expected !== null) parts.push(draw("line", { class: "hoped", x1: across(row.expected), x2: across(row.expected), y1: 1, y2: 21 }));
  if (row.middle !== null) parts.push(draw("circle", { class: "dot", cx: across(row.middle), cy: 11, r: 4.5 }));
  const plot = plotted(22, row.says,
    ...acrossTicks.map((tick) => draw("line", { class: "grid", x1: across(tick.at), x2: across(tick.at), y1: 0, y2: 22 })), mark(row.says, ...parts));
  plot.removeAttribute("tabindex");
  return [make("span", { class: "name" }, row.label), plot, make("span", { class: row.middle === null ? "value none" : "value" }, row.text)];
}), draw("svg", { class: "plot scale", width: "100%", height: 18, "aria-hidden": "true" },
  ...acrossTicks.map((tick) => draw("text", { x: across(tick.at), y: 13, "text-anchor": tick.anchor }, tick.text))))];
const nothing = (text) => [make("p", { class: "empty" }, text)];
